"""The pages of shipments, parcels, waybills and freight; a part of those of orders."""

from django.urls import URLPattern, URLResolver, path

from orders.shipment_pages.views import delivery_links

urlpatterns: list[URLPattern | URLResolver] = [
    path("delivery/<str:secret>/", delivery_links.DeliveryPage.as_view(), name="delivery"),
    path("orders/shipments/<code:number>/link/", delivery_links.MakeDeliveryLink.as_view(), name="delivery-link"),
    path(
        "orders/shipments/<code:number>/link/revoke/",
        delivery_links.RevokeDeliveryLink.as_view(),
        name="delivery-link-revoke",
    ),
    path("orders/shipments/<code:number>/proof/", delivery_links.ProofPhoto.as_view(), name="delivery-proof"),
]
