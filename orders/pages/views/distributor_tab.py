"""The orders of one distributor, on its page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.details import NextStep
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from orders.pages.tables import OrderTable
from orders.permissions import can_order_for

SHOWN = 10


def order_for_step(actor: Any, distributor: Any) -> NextStep | None:
    """On behalf of the distributor, by those who act for it; its own people have the button on every page."""
    if not can_order_for(actor, distributor.pk):
        return None
    url = reverse("orders:entry", query={"for": distributor.code})
    return NextStep(label=_("Order on behalf"), url=url, opens=True)


def orders_of(actor: Any, distributor: Any) -> Mapping[str, Any]:
    """The newest orders, and from when to when there are any. Three queries."""
    rows = Order.objects.visible_to(actor).filter(distributor=distributor)
    newest = list(rows.select_related("distributor").order_by("-ordered_at", "-pk")[:SHOWN])
    placed = rows.exclude(status__in=[OrderStatus.DRAFT, OrderStatus.CANCELLED])
    return {
        "table": OrderTable(newest, exclude=("distributor",), reader=actor),
        "phone_columns": {"number", "status", "promised_on", "net_amount"},
        "days": placed.aggregate(first=Min("ordered_on"), last=Max("ordered_on")),
        "open_count": rows.open().count(),
        "all_url": reverse("orders:list", query={"distributor": distributor.code}),
    }
