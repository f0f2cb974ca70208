"""A price change meets open orders by one decision: the order keeps its prices, or takes those of today."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Conflict
from core.permissions import require
from orders.changes.enums import PriceChoice
from orders.changes.models import PriceDecision
from orders.changes.selectors.other_prices import REPRICEABLE, OtherPrice, other_prices
from orders.ordering.enums import COUNTED_STATUSES, OrderEvent
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.credit import ask_credit
from orders.ordering.services.line_amounts import AMOUNTS, add_up, lines_with_adjustments, price_anew
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.sales import count_sales
from orders.permissions import can_decide


@transaction.atomic
def decide_prices(
    *, order_id: int, choice: PriceChoice, actor: Actor, now: datetime, expected_version: int | None = None
) -> Order:
    """Keep the prices of an open order, or take today's; asked again when they change again.

    Discounts keep their share of the list price; actual sales are undone as they were posted and posted anew. Records
    one event with the old and the new prices. Raises NotVisible, NotAllowed, StaleVersion, and Conflict (the warehouse
    works on it, or every price is that of today).
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    if order.status not in REPRICEABLE:
        raise Conflict(_("The warehouse is already working on it."), code="wrong_state")
    lines = other_prices([order.pk], today=timezone.localdate(now)).get(order.pk, [])
    if not lines:
        raise Conflict(_("The prices of this order are those of today."), code="same_prices")
    amount = order.net_amount
    if choice == PriceChoice.REPRICE:
        _reprice(order, lines)
        ask_credit(order, now=now)
    _keep(lines, choice, actor=actor, now=now)
    record_order_event(
        order,
        OrderEvent.REPRICED if choice == PriceChoice.REPRICE else OrderEvent.PRICES_KEPT,
        actor=actor,
        now=now,
        before=order.status,
        prices=[_entry(line) for line in lines],
        summary="; ".join(f"{line.code}: {line.ordered_price:f} → {line.current_price:f}" for line in lines)
        if choice == PriceChoice.REPRICE
        else "",
        amount_before=str(amount),
        amount_after=str(order.net_amount),
        currency=order.currency,
    )
    return order


def _reprice(order: Order, others: Sequence[OtherPrice]) -> None:
    if order.status in COUNTED_STATUSES:
        count_sales(order, sign=-1)
    new = {one.line_id: one for one in others}
    lines = [line for line in lines_with_adjustments(order) if line.pk in new]
    for line in lines:
        price_anew(order, line, unit_price=new[line.pk].current_price)
        line.price_id = new[line.pk].price_id
    OrderLine.objects.bulk_update(lines, ["unit_price", "price", *AMOUNTS])
    add_up(order)
    save_order(order, "total_amount", *AMOUNTS)
    if order.status in COUNTED_STATUSES:
        count_sales(order, sign=1)


def _keep(lines: Sequence[OtherPrice], choice: PriceChoice, *, actor: Actor, now: datetime) -> None:
    for line in lines:
        ordered: Decimal = line.current_price if choice == PriceChoice.REPRICE else line.ordered_price
        PriceDecision.objects.update_or_create(
            line_id=line.line_id,
            defaults={
                "choice": choice,
                "ordered_price": ordered,
                "current_price": line.current_price,
                "decided_by_id": actor.pk,
                "decided_at": now,
            },
        )


def _entry(line: OtherPrice) -> dict[str, Any]:
    return {
        "line": line.line_id,
        "code": line.code,
        "before": str(line.ordered_price),
        "after": str(line.current_price),
    }
