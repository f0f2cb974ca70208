"""The orders of one distributor, on its page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Min
from django.urls import reverse

from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from orders.pages.tables import OrderTable

SHOWN = 10


def orders_of(actor: Any, distributor: Any) -> Mapping[str, Any]:
    """The newest orders, and from when to when there are any. Three queries."""
    rows = Order.objects.visible_to(actor).filter(distributor=distributor)
    newest = list(rows.select_related("distributor").order_by("-ordered_at", "-pk")[:SHOWN])
    placed = rows.exclude(status__in=[OrderStatus.DRAFT, OrderStatus.CANCELLED])
    return {
        "table": OrderTable(newest, exclude=("distributor",)),
        "phone_columns": {"number", "status", "promised_on", "net_amount"},
        "days": placed.aggregate(first=Min("ordered_on"), last=Max("ordered_on")),
        "open_count": rows.open().count(),
        "all_url": reverse("orders:list", query={"distributor": distributor.code}),
    }
