"""What happened to orders, in the order in which it was committed: what a system that follows them reads."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from core.models import OutboxMessage
from orders.ordering.enums import ORDER
from orders.ordering.models import Order


def changes_after(orders: QuerySet[Any], *, position: int, limit: int) -> Sequence[Any]:
    """Events of the orders after a position of the feed, with `position`, `order_number` and `order_status` as of now.

    Positions are given by the relay in the order of commits: whoever has read up to one has missed nothing before it. Two
    statements. Raises InvalidInput at `after` where events after that position are not kept any more.
    """
    messages = OutboxMessage.objects.filter(event__isnull=False, feed_position__gt=0)
    if position:
        first = messages.aggregate(first=Min("feed_position"))["first"]
        if first is not None and position < first - 1:
            message = _(
                "What changed since is not kept any more. Read the list of orders, then follow without “after”."
            )
            raise InvalidInput(message, code="too_old", field="after")
    seen = Order.objects.filter(pk=OuterRef("event__subject_id"))
    found = messages.filter(
        feed_position__gt=position, event__subject_type=ORDER, event__subject_id__in=orders.order_by().values("pk")
    ).annotate(order_number=Subquery(seen.values("number")), order_status=Subquery(seen.values("status")))
    rows: Sequence[Any] = list(
        found.annotate(position=F("feed_position")).select_related("event__actor").order_by("feed_position")[:limit]
    )
    return rows
