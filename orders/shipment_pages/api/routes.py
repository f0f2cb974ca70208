"""The addresses of the API's part about parcels, waybills and freight."""

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from orders.shipment_pages.api.drop_shipments import DropShipmentViewSet
from orders.shipment_pages.api.parcels import ShipmentParcelsViewSet
from orders.shipment_pages.api.waybills import WaybillViewSet

router = SimpleRouter()
router.register("waybills", WaybillViewSet, "waybills")
router.register("drop-shipments", DropShipmentViewSet, "drop-shipments")
router.register("shipments", ShipmentParcelsViewSet, "packing")
routes: list[URLPattern | URLResolver] = router.urls
