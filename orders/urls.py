"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from orders.ordering.entry.views import changes, tabs
from orders.ordering.entry.views.placing import PlaceOrder
from orders.pages.api.routes import routes
from orders.pages.views import order_actions, step_forms
from orders.pages.views.order_list import OrderList
from orders.pages.views.order_page import OrderPage

app_name = "orders"
urlpatterns: list[URLPattern | URLResolver] = [
    path("orders/", OrderList.as_view(), name="list"),
    path("orders/approve/", order_actions.ApproveTicked.as_view(), name="approve-ticked"),
    path("orders/new/", tabs.QuickEntry.as_view(), name="entry"),
    path("orders/new/catalogue/", tabs.CatalogueEntry.as_view(), name="entry-catalogue"),
    path("orders/new/again/", tabs.OrderAgain.as_view(), name="entry-again"),
    path("orders/new/upload/", tabs.UploadEntry.as_view(), name="entry-upload"),
    path("orders/new/suggest/", tabs.Suggest.as_view(), name="entry-suggest"),
    path("orders/new/add/", changes.AddLine.as_view(), name="entry-add"),
    path("orders/new/paste/", changes.PasteLines.as_view(), name="entry-paste"),
    path("orders/new/set/", changes.SetLines.as_view(), name="entry-set"),
    path("orders/new/correct/", changes.CorrectRow.as_view(), name="entry-correct"),
    path("orders/new/details/", changes.SaveDetails.as_view(), name="entry-details"),
    path("orders/new/again/<code:number>/", changes.AddOrder.as_view(), name="entry-again-order"),
    path("orders/new/upload/take/", changes.TakeUpload.as_view(), name="entry-take-upload"),
    path("orders/new/discard/", changes.DiscardDraft.as_view(), name="entry-discard"),
    path("orders/new/place/", PlaceOrder.as_view(), name="entry-place"),
    path("orders/shipments/<code:number>/deliver/", order_actions.DeliverShipment.as_view(), name="deliver-shipment"),
    path("orders/<code:number>/", OrderPage.as_view(), name="order"),
    path("orders/<code:number>/hold/", step_forms.Hold.as_view(), name="hold"),
    path("orders/<code:number>/release/", step_forms.Release.as_view(), name="release"),
    path("orders/<code:number>/reject/", step_forms.Reject.as_view(), name="reject"),
    path("orders/<code:number>/cancel/", step_forms.Cancel.as_view(), name="cancel"),
    path("orders/<code:number>/cancel-rest/", step_forms.CancelRest.as_view(), name="cancel-rest"),
    path("orders/<code:number>/ship/", step_forms.Ship.as_view(), name="ship"),
    path("orders/<code:number>/receive/", step_forms.Receive.as_view(), name="receive"),
    path("orders/<code:number>/again/", order_actions.OrderAgainFromPage.as_view(), name="order-again"),
    path("orders/<code:number>/act/<str:action>/", order_actions.OrderActionView.as_view(), name="act"),
]
api_urlpatterns: list[URLPattern | URLResolver] = routes
