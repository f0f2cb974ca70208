"""What finance looks at first: open orders by state and amount, and what was shipped, by distributor."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Count, DecimalField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Round
from django.urls import reverse
from django.utils import timezone

from accounts.models import Distributor
from accounts.permissions import is_brand, sees_channel
from core.actors import Actor
from core.money import STORED_DIGITS
from core.periods import add_months, month_start
from orders.models import Order
from orders.ordering.enums import OPEN_STATUSES, OrderStatus

KEPT_SECONDS = 300
_LINES = "orders__shipments__lines"


@dataclass(frozen=True, kw_only=True)
class OpenOrders:
    """Open orders of one state in one currency."""

    status: OrderStatus
    number: int
    on_hold: int
    amount: Decimal
    currency: str

    @property
    def url(self) -> str:
        return reverse("orders:list", query={"status": self.status.value})


def open_orders(actor: Actor) -> list[OpenOrders]:
    """By state and currency, in the order of an order's way. One query."""
    rows = Order.objects.visible_to(actor).narrowed_for(actor).filter(status__in=sorted(OPEN_STATUSES))
    found = (
        rows.order_by()
        .values_list("status", "currency")
        .annotate(number=Count("pk"), on_hold=Count("pk", filter=Q(is_on_hold=True)), amount=Sum("net_amount"))
    )
    way = list(OrderStatus)
    return sorted(
        (
            OpenOrders(status=OrderStatus(status), currency=currency, number=number, on_hold=on_hold, amount=amount)
            for status, currency, number, on_hold, amount in found
        ),
        key=lambda row: (way.index(row.status), row.currency),
    )


def shipped_by_distributor(actor: Actor, month: date) -> "QuerySet[Distributor]":
    """Distributors that got goods in the month, with `shipped_amount` in their currency and `shipment_count`.

    The value of what was shipped is its share of the order line's net. The brand's people see what a company sold.
    """
    value = F(f"{_LINES}__quantity") * F(f"{_LINES}__order_line__net_amount") / F(f"{_LINES}__order_line__ordered")
    first = month_start(month)
    rows = Distributor.objects.visible_to(actor).filter(
        Q(orders__seller_company__isnull=False) if is_brand(actor) else Q(),
        orders__currency=F("currency"),
        orders__shipments__shipped_at__gte=_midnight(first),
        orders__shipments__shipped_at__lt=_midnight(add_months(first, 1)),
    )
    found: QuerySet[Distributor] = rows.annotate(
        shipped_amount=Round(
            Coalesce(
                Sum(ExpressionWrapper(value, output_field=DecimalField())), Decimal(0), output_field=DecimalField()
            ),
            precision=STORED_DIGITS,
            output_field=DecimalField(),
        ),
        shipment_count=Count("orders__shipments", distinct=True),
    )
    return found


def shipped_this_month(actor: Actor, today: date, *, shown: int) -> tuple[list[Distributor], list[tuple[str, Decimal]]]:
    """Those with the largest value, and the totals by currency: one query, and one every five minutes for the channel."""

    def read() -> tuple[list[Distributor], list[tuple[str, Decimal]]]:
        found: QuerySet[Any] = shipped_by_distributor(actor, today)
        rows: list[Any] = list(found.order_by("-shipped_amount", "pk"))
        totals: dict[str, Decimal] = {}
        for row in rows:
            totals[row.currency] = totals.get(row.currency, Decimal(0)) + row.shipped_amount
        return rows[:shown], sorted(totals.items())

    if not sees_channel(actor):
        return read()
    kept = cache.get_or_set(f"shipped:{today}", read, KEPT_SECONDS)
    return cast("tuple[list[Distributor], list[tuple[str, Decimal]]]", kept)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
