"""The addresses of the orders' part of the API."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from orders.pages.api.orders import OrderViewSet
from orders.pages.api.shipments import CarrierViewSet, ReturnedGoodsViewSet, ShipmentViewSet, TrackingEventViewSet
from orders.pages.api.webhook import CarrierWebhookView

router = SimpleRouter()
router.register("orders", OrderViewSet, "orders")
router.register("shipments", ShipmentViewSet, "shipments")
router.register("tracking-events", TrackingEventViewSet, "tracking-events")
router.register("carriers", CarrierViewSet, "carriers")
router.register("returns", ReturnedGoodsViewSet, "returns")

routes: list[URLPattern | URLResolver] = [
    path("carriers/<code:code>/webhook/", CarrierWebhookView.as_view(), name="carrier-webhook"),
    *router.urls,
]
