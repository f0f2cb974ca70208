"""The addresses of the orders' part of the API."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from orders.pages.api.changes import ApprovalRuleViewSet, ChangeRequestViewSet
from orders.pages.api.claims import DeliveryClaimViewSet
from orders.pages.api.delivery_performance import DeliveryPerformanceViewSet
from orders.pages.api.order_templates import OrderTemplateViewSet
from orders.pages.api.order_types import OrderTypeViewSet
from orders.pages.api.orders import OrderViewSet
from orders.pages.api.shipments import CarrierViewSet, ReturnedGoodsViewSet, ShipmentViewSet, TrackingEventViewSet
from orders.pages.api.webhook import CarrierWebhookView

router = SimpleRouter()
router.register("orders", OrderViewSet, "orders")
router.register("order-templates", OrderTemplateViewSet, "order-templates")
router.register("order-types", OrderTypeViewSet, "order-types")
router.register("change-requests", ChangeRequestViewSet, "change-requests")
router.register("approval-rules", ApprovalRuleViewSet, "approval-rules")
router.register("shipments", ShipmentViewSet, "shipments")
router.register("delivery-claims", DeliveryClaimViewSet, "delivery-claims")
router.register("tracking-events", TrackingEventViewSet, "tracking-events")
router.register("carriers", CarrierViewSet, "carriers")
router.register("delivery-performance", DeliveryPerformanceViewSet, "delivery-performance")
router.register("returns", ReturnedGoodsViewSet, "returns")

routes: list[URLPattern | URLResolver] = [
    path("carriers/<code:code>/webhook/", CarrierWebhookView.as_view(), name="carrier-webhook"),
    *router.urls,
]
