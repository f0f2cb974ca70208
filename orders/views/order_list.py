"""All orders that a person may see; the same list for both sides."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rules import is_known
from core.ui.list_parts import BulkAction, EmptyState
from core.ui.lists import ScopedListView
from orders.filters import OrderFilterSet
from orders.models import Order
from orders.rules import can_decide, can_order
from orders.tables import OrderTable, is_pressing


class OrderList(ScopedListView):
    """The newest first, fifty at a time."""

    allowed = is_known
    title = _("Orders")
    model = Order
    table_class = OrderTable
    filterset_class = OrderFilterSet
    sorts = {"ordered_at": ("ordered_at",)}
    default_sort = "-ordered_at"
    related = ("distributor",)
    page_key = "orders"
    template_name = "orders/order_list.html"

    def rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        rows = super().rows(ids)
        for order in rows:
            order.pressing = is_pressing(order)
        return rows

    def bulk_actions(self) -> Sequence[BulkAction]:
        if not can_decide(self.request.user):
            return ()
        return (BulkAction(label=_("Approve"), url=reverse("orders:approve-ticked")),)

    def first_steps(self) -> EmptyState:
        if can_order(self.request.user):
            return EmptyState(
                title=_("No orders yet."),
                text=_("Your orders will be here, each with its state and its promised day."),
                action_label=_("Place the first order"),
                action_url=reverse("orders:entry"),
            )
        return EmptyState(title=_("No orders yet."), text=_("Orders of your distributors will be here."))

    def get_context(self, **extra: Any) -> dict[str, Any]:
        return super().get_context(may_order=can_order(self.request.user), **extra)
