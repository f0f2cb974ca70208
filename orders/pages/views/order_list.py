"""All orders that a person may see; the same list for both sides."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.errors import Message
from core.tables import ListTable
from core.ui.list_header import EXPORT, BulkAction, EmptyState
from core.ui.lists import ScopedListView
from orders.ordering.enums import OPEN_STATUSES, Lateness, OrderStatus
from orders.ordering.models import Order
from orders.ordering.selectors.loads import loads_of_orders
from orders.pages.filters import OrderFilterSet
from orders.pages.print_links import bulk_prints
from orders.pages.selectors.order_lines import lines_of_orders
from orders.pages.selectors.waiting_orders import give_reasons
from orders.pages.tables import OrderLineTable, OrderTable, is_pressing
from orders.permissions import (
    can_copy,
    can_decide,
    can_handle,
    can_order,
    can_order_itself,
    can_receive,
    sells,
)


class OrderList(ScopedListView):
    """The newest first, fifty at a time."""

    title = _("Orders")
    model = Order
    table_class = OrderTable
    lines_table_class = OrderLineTable
    lines_title = _("Order lines")
    filterset_class = OrderFilterSet
    sorts = {"ordered_at": ("ordered_at",), "promised_on": ("promised_on",), "net_amount": ("net_amount",)}
    default_sort = "-ordered_at"
    related = ("distributor", "type", "consignee_distributor", "consignee_outlet")
    page_key = "orders"
    template_name = "orders/order_list.html"

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.narrowed_for(self.actor)

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        rows = super().get_rows(ids)
        for order in rows:
            order.pressing = is_pressing(order)
            order.may_copy = can_copy(self.actor, order)
        give_reasons(rows, self.actor)
        if EXPORT in self.request.GET:
            loads = loads_of_orders(ids)
            for order in rows:
                order.load = loads[order.pk]
        return rows

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        return lines_of_orders(ids)

    def get_table(self) -> ListTable:
        table = super().get_table()
        if not can_order(self.actor):
            table.columns.hide("again")
        return table

    def bulk_actions(self) -> Sequence[BulkAction]:
        prints = bulk_prints(self.actor)
        if not can_decide(self.actor) and not self._sells_something():
            return prints
        return (BulkAction(label=_("Approve"), url=reverse("orders:approve-ticked")), *prints)

    def _sells_something(self) -> bool:
        """Asked of a distributor's people only: most of them buy and sell nothing here."""
        own = Order.objects.visible_to(self.actor).filter(seller_distributor=self.actor.distributor_id)
        return sells(self.actor) and own.exists()

    def get_empty_state(self) -> EmptyState:
        if can_order_itself(self.actor):
            return EmptyState(
                title=_("No orders yet."),
                text=_("Your orders appear here, with their status and promised date."),
                action_label=_("Place the first order"),
                action_url=reverse("orders:entry"),
            )
        return EmptyState(title=_("No orders yet."), text=_("Your distributors' orders appear here."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            may_order=can_order_itself(self.actor),
            may_decide=can_decide(self.actor),
            quick_views=self._quick_views(),
            **kwargs,
        )

    def _quick_views(self) -> list[dict[str, Any]]:
        """What this role looks for most, one press away."""
        now = {key: set(self.request.GET.getlist(key)) for key in ("status", "lateness", "is_sub_network")}
        wanted = [(_("All"), {}), *_quick_filters(self.actor)]
        return [
            {
                "label": label,
                "url": f"{self.request.path}?{urlencode(query, doseq=True)}",
                "active": now == {key: set(query.get(key, ())) for key in now},
            }
            for label, query in wanted
        ]


def _quick_filters(user: Any) -> list[tuple[Message, dict[str, list[str]]]]:
    unpunctual = [Lateness.LATE.value, Lateness.SOON_LATE.value]
    late = (_("Late or at risk"), {"lateness": unpunctual, "status": _values(*sorted(OPEN_STATUSES))})
    on_the_way = (_("In transit"), {"status": _values(OrderStatus.PARTLY_SHIPPED, OrderStatus.SHIPPED)})
    to_ship = _values(OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.PARTLY_SHIPPED)
    if can_handle(user) and not can_decide(user):
        return [(_("To ship"), {"status": to_ship}), on_the_way, late]
    if can_decide(user):
        return [(_("To approve"), {"status": _values(OrderStatus.SUBMITTED)}), on_the_way, late]
    if user.distributor_id is None:
        return [on_the_way, late]
    views = [(label, {**query, "is_sub_network": ["false"]}) for label, query in (on_the_way, late)]
    if can_receive(user):
        arriving = _values(OrderStatus.SHIPPED, OrderStatus.DELIVERED)
        views.insert(1, (_("To confirm"), {"status": arriving, "is_sub_network": ["false"]}))
    return [*views, (_("Sub-network"), {"is_sub_network": ["true"]})]


def _values(*states: OrderStatus) -> list[str]:
    return [state.value for state in states]
