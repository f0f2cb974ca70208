"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from orders.entry.views import adding, changes, draft_steps, tabs, templates, variants
from orders.entry.views.placing import PlaceOrder
from orders.pages.api.routes import routes
from orders.pages.views import (
    approval_rules,
    change_requests,
    line_forms,
    order_actions,
    order_types,
    prices,
    printing,
    step_forms,
)
from orders.pages.views.order_group import OrderGroupPage
from orders.pages.views.order_list import OrderList
from orders.pages.views.order_page import OrderPage

app_name = "orders"
urlpatterns: list[URLPattern | URLResolver] = [
    path("orders/", OrderList.as_view(), name="list"),
    path("orders/types/", order_types.OrderTypeList.as_view(), name="types"),
    path("orders/types/new/", order_types.OrderTypeNew.as_view(), name="type-new"),
    path("orders/types/<code:code>/", order_types.OrderTypeChange.as_view(), name="type-change"),
    path("orders/print/", printing.PrintTicked.as_view(), name="print-ticked"),
    path("orders/approve/", order_actions.ApproveTicked.as_view(), name="approve-ticked"),
    path("orders/rules/", approval_rules.ApprovalRuleList.as_view(), name="approval-rules"),
    path("orders/rules/new/", approval_rules.ApprovalRuleNew.as_view(), name="approval-rule-new"),
    path("orders/rules/<code:code>/", approval_rules.ApprovalRuleChange.as_view(), name="approval-rule"),
    path("orders/other-prices/", prices.OtherPrices.as_view(), name="other-prices"),
    path("orders/other-prices/decide/", prices.DecidePrices.as_view(), name="decide-prices"),
    path("orders/new/", tabs.QuickEntry.as_view(), name="entry"),
    path("orders/new/catalogue/", tabs.CatalogueEntry.as_view(), name="entry-catalogue"),
    path("orders/new/family/<code:code>/", variants.VariantGrid.as_view(), name="entry-family"),
    path("orders/new/again/", tabs.OrderAgain.as_view(), name="entry-again"),
    path("orders/new/upload/", tabs.UploadEntry.as_view(), name="entry-upload"),
    path("orders/new/templates/", templates.Templates.as_view(), name="entry-templates"),
    path("orders/new/templates/save/", templates.SaveTemplate.as_view(), name="entry-template-save"),
    path("orders/new/templates/favourite/", templates.SwitchFavourite.as_view(), name="entry-favourite"),
    path("orders/new/templates/<int:pk>/", templates.AddTemplate.as_view(), name="entry-template"),
    path("orders/new/templates/<int:pk>/remove/", templates.RemoveTemplate.as_view(), name="entry-template-remove"),
    path("orders/new/upload/template/", tabs.UploadTemplate.as_view(), name="entry-upload-template"),
    path("orders/new/suggest/", tabs.Suggest.as_view(), name="entry-suggest"),
    path("orders/new/add/", adding.AddLine.as_view(), name="entry-add"),
    path("orders/new/paste/", adding.PasteLines.as_view(), name="entry-paste"),
    path("orders/new/set/", changes.SetLines.as_view(), name="entry-set"),
    path("orders/new/gift/", changes.SetGift.as_view(), name="entry-gift"),
    path("orders/new/correct/", adding.CorrectRow.as_view(), name="entry-correct"),
    path("orders/new/confirm/", draft_steps.ConfirmCheck.as_view(), name="entry-confirm"),
    path("orders/new/take-over/", draft_steps.TakeOver.as_view(), name="entry-take-over"),
    path("orders/new/lock/", tabs.Lock.as_view(), name="entry-lock"),
    path("orders/new/remarks/", adding.DismissRemarks.as_view(), name="entry-remarks"),
    path("orders/new/details/", draft_steps.SaveDetails.as_view(), name="entry-details"),
    path("orders/new/again/<code:number>/", adding.AddOrder.as_view(), name="entry-again-order"),
    path("orders/new/upload/take/", adding.TakeUpload.as_view(), name="entry-take-upload"),
    path("orders/new/discard/", draft_steps.DiscardDraft.as_view(), name="entry-discard"),
    path("orders/new/place/", PlaceOrder.as_view(), name="entry-place"),
    path("orders/shipments/<code:number>/deliver/", order_actions.DeliverShipment.as_view(), name="deliver-shipment"),
    path("orders/shipments/<code:number>/print/", printing.PrintShipment.as_view(), name="print-shipment"),
    path("orders/groups/<code:group>/", OrderGroupPage.as_view(), name="group"),
    path("orders/<code:number>/", OrderPage.as_view(), name="order"),
    path("orders/<code:number>/print/", printing.PrintOrder.as_view(), name="print"),
    path("orders/<code:number>/hold/", step_forms.Hold.as_view(), name="hold"),
    path("orders/<code:number>/release/", step_forms.Release.as_view(), name="release"),
    path("orders/<code:number>/change/", line_forms.ChangeOrder.as_view(), name="change"),
    path("orders/<code:number>/approve-changed/", line_forms.ApproveChanged.as_view(), name="approve-changed"),
    path("orders/<code:number>/request-change/", line_forms.RequestChange.as_view(), name="request-change"),
    path("orders/<code:number>/request/confirm/", change_requests.ConfirmRequest.as_view(), name="confirm-request"),
    path("orders/<code:number>/request/accept/", change_requests.AcceptRequest.as_view(), name="accept-request"),
    path("orders/<code:number>/request/refuse/", change_requests.RefuseRequest.as_view(), name="refuse-request"),
    path("orders/<code:number>/request/withdraw/", change_requests.WithdrawRequest.as_view(), name="withdraw-request"),
    path("orders/<code:number>/ask/", change_requests.Ask.as_view(), name="ask"),
    path("orders/<code:number>/answer/", change_requests.Answer.as_view(), name="answer"),
    path("orders/<code:number>/reject/", step_forms.Reject.as_view(), name="reject"),
    path("orders/<code:number>/cancel/", step_forms.Cancel.as_view(), name="cancel"),
    path("orders/<code:number>/cancel-rest/", step_forms.CancelRest.as_view(), name="cancel-rest"),
    path("orders/<code:number>/ship/", step_forms.Ship.as_view(), name="ship"),
    path("orders/<code:number>/receive/", step_forms.Receive.as_view(), name="receive"),
    path("orders/<code:number>/again/", order_actions.OrderAgainFromPage.as_view(), name="order-again"),
    path("orders/<code:number>/act/<str:action>/", order_actions.OrderActionView.as_view(), name="act"),
]
api_urlpatterns: list[URLPattern | URLResolver] = routes
