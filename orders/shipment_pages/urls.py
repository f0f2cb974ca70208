"""The pages of shipments, parcels, waybills and freight; a part of those of orders."""

from django.urls import URLPattern, URLResolver, path

from orders.shipment_pages.views import delivery_links, drop_shipments, freight, packing, ship, waybills

urlpatterns: list[URLPattern | URLResolver] = [
    path("delivery/<str:secret>/", delivery_links.DeliveryPage.as_view(), name="delivery"),
    path("orders/<code:number>/ship/", ship.Ship.as_view(), name="ship"),
    path("orders/shipments/<code:number>/link/", delivery_links.MakeDeliveryLink.as_view(), name="delivery-link"),
    path(
        "orders/shipments/<code:number>/link/revoke/",
        delivery_links.RevokeDeliveryLink.as_view(),
        name="delivery-link-revoke",
    ),
    path("orders/shipments/<code:number>/proof/", delivery_links.ProofPhoto.as_view(), name="delivery-proof"),
    path("orders/shipments/<code:number>/pack/", packing.PackView.as_view(), name="pack"),
    path("orders/freight/", freight.FreightReport.as_view(), name="freight"),
    path("orders/drop-shipments/", drop_shipments.DropShipmentList.as_view(), name="drop-shipments"),
    path("orders/drop-shipments/<code:number>/", drop_shipments.DropShipmentPage.as_view(), name="drop-shipment"),
    path(
        "orders/drop-shipments/<code:number>/receive/",
        drop_shipments.ReceiveDropShipment.as_view(),
        name="drop-shipment-receive",
    ),
    path(
        "orders/drop-shipments/<code:number>/print/",
        drop_shipments.PrintDropShipment.as_view(),
        name="drop-shipment-print",
    ),
    path("orders/waybills/", waybills.WaybillList.as_view(), name="waybills"),
    path("orders/waybills/new/", waybills.NewWaybill.as_view(), name="waybill-new"),
    path("orders/waybills/<code:number>/", waybills.WaybillPage.as_view(), name="waybill"),
    path("orders/waybills/<code:number>/freight/", waybills.RecordFreight.as_view(), name="waybill-freight"),
    path("orders/waybills/<code:number>/deliver/", waybills.DeliverWaybill.as_view(), name="waybill-deliver"),
    path("orders/waybills/<code:number>/dissolve/", waybills.DissolveWaybill.as_view(), name="waybill-dissolve"),
    path("orders/waybills/<code:number>/print/", waybills.PrintWaybill.as_view(), name="waybill-print"),
]
