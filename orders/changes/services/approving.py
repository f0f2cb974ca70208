"""Orders that approve themselves: asked by a consumer of the outbox after placing, never inside it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.errors import DomainError, NotVisible
from core.models import OutboxMessage
from inventory.services.stock import reserved_pieces
from orders.changes.models import ApprovalCheck, ApprovalRule
from orders.changes.rules import CheckedOrder, Reason, first_fitting
from orders.ordering.enums import ORDER, HoldKind, OrderEvent, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.selectors.bought import bought_before
from orders.ordering.selectors.unusual import is_unusual
from orders.ordering.services.approval import approve_locked
from orders.ordering.services.locking import lock_order, record_order_event

TOPICS = (
    OrderEvent.SUBMITTED.value,
    OrderEvent.CHANGED.value,
    OrderEvent.CONFIRMED.value,
    OrderEvent.RELEASED.value,
    OrderEvent.CREDIT_RELEASED.value,
)


def check_placed(message: OutboxMessage) -> None:
    """Outbox consumer: an order was placed or changed, or a hold was lifted. Each in a transaction of its own."""
    if message.event is not None:
        check_order_by_rules(order_id=message.event.subject_id, now=timezone.now())


def check_waiting(*, now: datetime, limit: int | None = None) -> int:
    """Ask the rules about the orders that wait, oldest first, each by itself; returns how many were approved."""
    waiting = Order.objects.filter(status=OrderStatus.SUBMITTED).order_by("ordered_at", "pk")
    return sum(check_order_by_rules(order_id=pk, now=now) for pk in list(waiting.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def check_order_by_rules(*, order_id: int, now: datetime) -> bool:
    """Approve an order by the first rule in force that fits, or keep why it waits; returns whether it was approved.

    Does nothing to an order that does not wait any more, or that the distributor has still to confirm. Where it comes to
    wait, or for another reason than before, one event says so. Running it again changes nothing.
    """
    try:
        order = lock_order(order_id=order_id, actor=None, expected_version=None)
    except NotVisible:
        return False
    if order.status != OrderStatus.SUBMITTED:
        return False
    if order.is_on_hold:
        if not order.holds.open().filter(kind=HoldKind.LIMIT).exists():
            _keep(order, None, [{"code": Reason.ON_HOLD}], now=now)
        return False
    today = timezone.localdate(now)
    rule, reasons = first_fitting(_rules_in_force(today), _checked_order(order, today))
    if rule is not None:
        try:
            with transaction.atomic():
                approve_locked(order, now=now, rule=_named(rule))
        except DomainError as error:
            order.refresh_from_db()
            rule, reasons = None, [{"code": Reason.NOT_POSSIBLE, "problem": error.problems[0].code}]
    _keep(order, rule, reasons, now=now)
    return rule is not None


def _rules_in_force(today: date) -> Sequence[ApprovalRule]:
    valid = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return list(ApprovalRule.objects.filter(valid, is_active=True).order_by("position", "code"))


def _checked_order(order: Order, today: date) -> CheckedOrder:
    rows = OrderLine.objects.filter(order=order).select_related("product").order_by("position")
    lines = [line for line in rows if line.outstanding > 0]
    held = reserved_pieces(source_type=ORDER, source_id=order.pk)
    pieces: dict[int, int] = {}
    for line in lines:
        pieces[line.product_id] = pieces.get(line.product_id, 0) + line.outstanding
    bought = bought_before(distributor_id=order.distributor_id, product_ids=pieces, today=today, order_id=order.pk)
    codes = {line.product_id: line.product.code for line in lines}
    return CheckedOrder(
        company_id=order.seller_company_id,
        type_id=order.type_id,
        tier_id=order.distributor.tier_id,
        channel_kind=order.distributor.channel_kind,
        amount=None if order.exchange_rate is None else order.net_amount * order.exchange_rate,
        currency=order.company.currency,
        short=[line.product.code for line in lines if held.get(line.pk, 0) < line.outstanding],
        unusual=[
            {"product": codes[product], "quantity": quantity, "usual": bought[product].usual}
            for product, quantity in pieces.items()
            if product in bought and is_unusual(quantity, bought[product].quantities)
        ],
    )


def _named(rule: ApprovalRule) -> dict[str, Any]:
    return {"rule_code": rule.code, "rule_name": rule.name, "rule_name_zh": rule.name_zh}


def _keep(order: Order, rule: ApprovalRule | None, reasons: list[dict[str, Any]], *, now: datetime) -> None:
    before = ApprovalCheck.objects.filter(order=order).values_list("reasons", flat=True).first()
    ApprovalCheck.objects.update_or_create(order=order, defaults={"rule": rule, "reasons": reasons, "checked_at": now})
    is_new = rule is None and before != reasons
    if is_new and reasons != [{"code": Reason.ON_HOLD}]:  # whoever decides was notified of the hold
        record_order_event(order, OrderEvent.WAITS, actor=None, now=now, before=order.status, reasons=reasons)
