"""Open orders with other prices than today's: keep them, or price the orders anew."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError, Message
from core.sentences import sentences
from core.ui.actions import BulkActionView
from core.ui.page import Crumb, Page
from orders.changes.enums import PriceChoice
from orders.changes.selectors.other_prices import orders_with_other_prices
from orders.changes.services.prices import decide_prices
from orders.ordering.models import Order
from orders.permissions import can_decide


def _crumbs() -> list[Crumb]:
    return [Crumb(label=str(_("Orders")), url=reverse("orders:list"))]


class OtherPrices(Page):
    """Which orders a price change has met, line by line."""

    permission_required = can_decide
    title = _("Orders with other prices than today")
    template_name = "orders/other_prices.html"

    def crumbs(self) -> list[Crumb]:
        return _crumbs()

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        rows = orders_with_other_prices(self.actor, today=timezone.localdate())
        return self.render_to_response(self.get_context_data(rows=rows))


class DecidePrices(BulkActionView):
    """One decision for the ticked orders; those where it is not possible are named."""

    permission_required = can_decide

    def perform(self, ids: list[int]) -> Message | None:
        keep = self.request.POST.get("choice") != PriceChoice.REPRICE
        choice = PriceChoice.KEEP if keep else PriceChoice.REPRICE
        seen = Order.objects.visible_to(self.actor).filter(pk__in=ids).values_list("pk", "number")
        done, refused = 0, []
        for order_id, number in seen:
            try:
                decide_prices(order_id=order_id, choice=choice, actor=self.actor, now=timezone.now())
            except DomainError as error:
                refused.append(f"{number}: {error.problems[0].message}")
            else:
                done += 1
        said = (
            ngettext("%(count)d order keeps its prices.", "%(count)d orders keep their prices.", done)
            if keep
            else ngettext("%(count)d order has today's prices.", "%(count)d orders have today's prices.", done)
        )
        return sentences([said % {"count": done}, *refused])

    def get_success_url(self) -> str:
        return reverse("orders:other-prices")
