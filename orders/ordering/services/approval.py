from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from company.selectors import period_id_on
from core.actors import Actor
from core.errors import Conflict
from core.permissions import require
from orders.ordering.enums import HoldKind, HoldStep, OrderAction, OrderEvent
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.credit import ask_credit, keep_while_on_hold
from orders.ordering.services.gift_changes import with_gifts
from orders.ordering.services.holds import close_holds, needs_reason, require_no_hold
from orders.ordering.services.line_amounts import AMOUNTS, give_up, lines_with_adjustments
from orders.ordering.services.line_changes import LineEdit, line_changes, require_edits, summary_of
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.reserving import require_reserved
from orders.ordering.services.rules import require_rules
from orders.ordering.services.sales import count_sales
from orders.permissions import can_decide


@transaction.atomic
def approve_order(
    *,
    order_id: int,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
    edits: Sequence[LineEdit] = (),
) -> Order:
    """Approve a waiting order: its stock is reserved for good, its sales count from now on, its holds are lifted.

    A hold over the credit limit stays. Stock whose reservation expired is reserved again. `edits` strike lines or leave less
    of them, each with its reason:
    the rest is cancelled, and a further event says what changed. Raises NotVisible, NotAllowed, StaleVersion,
    InvalidInput (a problem an edit), and Conflict where the state does not allow it, the distributor has still to confirm
    it, a hold is lifted with a reason only, a rule of placing does not hold any more, or the stock has gone meanwhile.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.APPROVE_CHANGED if edits else OrderAction.APPROVE)
    require_no_hold(order, HoldStep.APPROVE)
    if needs_reason(order):
        raise Conflict(_("Release the order first, with a reason: it is on hold."), code="on_hold")
    if edits:
        _edit(order, edits, actor=actor, now=now, before=before)
    return _approve(order, actor=actor, now=now, before=before)


def approve_locked(order: Order, *, now: datetime, rule: Mapping[str, Any]) -> Order:
    """Approve an order by a rule, which its event names. Before: it is locked and waits, and nothing holds it.

    Raises Conflict as `approve_order`.
    """
    before, _after = ORDER_STATES.advance(order, OrderAction.APPROVE)
    require_no_hold(order, HoldStep.APPROVE, HoldStep.RELEASE)
    return _approve(order, actor=None, now=now, before=before, **rule)


def _approve(order: Order, *, actor: Actor | None, now: datetime, before: str, **data: Any) -> Order:
    rows = OrderLine.objects.filter(order_id=order.pk).select_related("product").order_by("product_id")
    lines = [line for line in rows if line.outstanding > 0]
    require_rules(order, lines, now=now, with_price=True)
    order.approved_at = now
    order.sales_period_id = period_id_on(order.ordered_on)
    save_order(order, "status", "approved_at", "sales_period")
    close_holds(order, actor=actor, now=now, keep=[HoldKind.CREDIT])
    count_sales(order, sign=1)
    record_order_event(order, OrderEvent.APPROVED, actor=actor, now=now, before=before, **data)
    require_reserved(order, lines)
    keep_while_on_hold(order, now=now)
    return order


def _edit(order: Order, edits: Sequence[LineEdit], *, actor: Actor, now: datetime, before: str) -> None:
    lines = lines_with_adjustments(order)
    kept = with_gifts(lines, require_edits(lines, edits))
    reasons = {edit.line_id: edit.reason for edit in edits}
    reasons |= {line.pk: reasons.get(line.pk) or reasons.get(line.gift_of_id or 0, "") for line in lines}
    changes = line_changes(lines, kept, reasons)
    if not changes:
        return
    amount = order.net_amount
    give_up(order, lines, kept)
    save_order(order, "total_amount", *AMOUNTS)
    ask_credit(order, now=now)
    record_order_event(
        order,
        OrderEvent.LINES_CHANGED,
        actor=actor,
        now=now,
        before=before,
        changes=changes,
        summary=summary_of(changes),
        amount_before=str(amount),
        amount_after=str(order.net_amount),
        currency=order.currency,
    )
