"""The orders that one basket became, seen as one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.permissions import is_active_user
from core.ui.page import Crumb, Page
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from orders.pages.selectors.order_lines import lines_of_orders


class OrderGroupPage(Page):
    """All orders of a group that the person may see, each with its seller, its lines and its state, and the sum."""

    permission_required = is_active_user
    template_name = "orders/order_group.html"

    @cached_property
    def orders(self) -> list[Order]:
        rows = Order.objects.visible_to(self.actor).filter(group_number=self.kwargs["group"])
        return list(
            rows.select_related("distributor", "seller_company", "seller_distributor", "agreement", "type").order_by(
                "group_position"
            )
        )

    def page_title(self) -> str:
        return str(self.kwargs["group"])

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=_("Orders"), url=reverse("orders:list"))]

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        if not self.orders:
            raise Http404
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines: dict[int, list[Any]] = {}
        for line in lines_of_orders([order.pk for order in self.orders]):
            lines.setdefault(line.order_id, []).append(line)
        placed = [order for order in self.orders if order.status != OrderStatus.CANCELLED]
        return super().get_context_data(
            orders=[
                {"order": order, "state": OrderStatus(order.status), "lines": lines.get(order.pk, [])}
                for order in self.orders
            ],
            head=self.orders[0],
            total=sum((order.net_amount for order in placed), Decimal(0)),
            promised_on=max((order.promised_on for order in placed if order.promised_on), default=None),
            **kwargs,
        )
