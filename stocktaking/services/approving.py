"""The differences of a count, approved by somebody who did not count, and posted together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotAllowed, Problem
from core.permissions import require
from inventory.enums import MoveKind
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.displacing import Displaced, displace, plan_displacing, short_documents
from inventory.services.posting import Posting, post_moves
from stocktaking.enums import DifferenceReason, StocktakingEvent
from stocktaking.models import StockCount, StockCountLine
from stocktaking.permissions import APPROVE_COUNTS, COUNT_STATES, can_approve_counts
from stocktaking.querysets import DIFFERS
from stocktaking.services.counts import lock_count, record

_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class _Stock:
    """What lies of a product, as it was locked."""

    stock_id: int
    on_hand: int
    reserved: int
    waiting: int


def approve_count(
    *,
    count_id: int,
    actor: Actor,
    now: datetime,
    reason: str = "",
    note: str = "",
    from_orders: bool = False,
    expected_version: int | None = None,
) -> StockCount:
    """Post the differences as they were found: one move a product that differs, in one statement.

    `reason` is that of rows that have none. Nobody approves what he or she counted, nor more than a grant allows (the sum of
    the differences, up and down, at cost). Where fewer pieces are left than are reserved, the Conflict says which orders
    become short; with `from_orders` the newest of them wait again. Raises NotVisible, NotAllowed, StaleVersion, Conflict,
    InvalidInput at `reason`.
    """
    require(can_approve_counts(actor))
    with explained(), transaction.atomic():
        count = lock_count(count_id, actor, expected_version)
        COUNT_STATES.advance(count, "approve")
        _require_another(count, actor)
        lines = list(count.lines.filter(DIFFERS).select_related("product").order_by("product_id"))
        _give_reason(lines, reason)
        places = [(count.warehouse_id, line.product_id) for line in lines]
        stock = {
            row[2]: _Stock(stock_id=row[0], on_hand=row[3], reserved=row[4], waiting=row[5])
            for row in lock_places(places)
        }
        plan = _plan(count, lines, stock, from_orders=from_orders)
        waited_for = displace(plan, actor_id=actor.pk, now=now)
        _post(count, lines, actor, now)
        _settle(lines, stock, waited_for, now)
        _close(count, note, actor, now)
        _record(count, lines, plan, actor, now)
    count.refresh_from_db()
    return count


def _require_another(count: StockCount, actor: Actor) -> None:
    mine = Q(counted_by_id=actor.pk) | Q(first_counted_by_id=actor.pk)
    if count.lines.filter(mine).exists():
        raise NotAllowed(_("You counted some of it yourself: somebody else has to approve the differences."))
    value = count.lines.filter(DIFFERS).with_differences().aggregate(total=Sum("weight"))["total"] or Decimal(0)
    if not APPROVE_COUNTS.granted_to(actor, amount=value):
        raise NotAllowed(_("These differences are worth more than you may approve."))


def _give_reason(lines: Sequence[StockCountLine], reason: str) -> None:
    if reason and reason not in DifferenceReason.values:
        raise InvalidInput(_("Select a reason."), code="unknown", field="reason")
    missing = [line for line in lines if not line.reason]
    if missing and not reason:
        message = _("%(rows)d rows have no reason yet: select one for them.") % {"rows": len(missing)}
        raise InvalidInput(message, code="required", field="reason")
    StockCountLine.objects.filter(pk__in=[line.pk for line in missing]).update(reason=reason)
    for line in missing:
        line.reason = reason


def _difference(line: StockCountLine) -> int:
    return (line.counted or 0) - (line.expected or 0)


def _plan(
    count: StockCount, lines: Sequence[StockCountLine], stock: dict[int, _Stock], *, from_orders: bool
) -> list[Displaced]:
    """Which reservations give way, or everything that speaks against posting."""
    problems = []
    short = {}
    for line in lines:
        found = stock[line.product_id]
        left = found.on_hand + _difference(line)
        if left < 0:
            message = _(
                "%(code)s: more went out since it was counted than was found. Reopen the count, and count it again."
            )
            problems.append(
                Problem(message=message % {"code": line.product.code}, code="below_zero", field="from_orders")
            )
        elif left < found.reserved:
            short[count.warehouse_id, line.product_id] = found.reserved - left
    plan = plan_displacing(short)
    for line in lines:
        place = (count.warehouse_id, line.product_id)
        given = sum(one.pieces for one in plan if one.product_id == line.product_id) if place in short else 0
        if place in short and given < short[place]:
            message = _("%(code)s: pieces that are missing are blocked. Unblock or scrap them first.")
            problems.append(Problem(message=message % {"code": line.product.code}, code="blocked", field="from_orders"))
    if plan and not from_orders:
        problems.append(Problem(message=_short_message(plan), code="short", field="from_orders"))
    if problems:
        raise Conflict(problems=problems[:_SHOWN])
    return plan


def _short_message(plan: Sequence[Displaced]) -> str:
    documents = short_documents(plan)
    named = ", ".join(f"{number} ({pieces})" for number, pieces in documents[:_SHOWN])
    more = len(documents) - _SHOWN
    orders = named if more <= 0 else _("%(named)s and %(more)d more") % {"named": named, "more": more}
    return _("Fewer pieces are left than are reserved. These orders become short: %(orders)s.") % {"orders": orders}


def _post(count: StockCount, lines: Sequence[StockCountLine], actor: Actor, now: datetime) -> None:
    moves = [
        Posting(
            warehouse_id=count.warehouse_id,
            product_id=line.product_id,
            quantity=_difference(line),
            kind=MoveKind.COUNT,
        )
        for line in lines
    ]
    post_moves(moves=moves, reference=count.number or "", actor_id=actor.pk, at=now)


def _settle(
    lines: Sequence[StockCountLine], stock: dict[int, _Stock], waited_for: Sequence[int], now: datetime
) -> None:
    """What was found goes to those who wait; who became short is promised anew."""
    came_in = {
        stock[line.product_id].stock_id: max(_difference(line), 0)
        for line in lines
        if stock[line.product_id].waiting > 0
    }
    came_in = dict.fromkeys(waited_for, 0) | came_in
    if came_in:
        settle_back_orders(came_in=came_in, now=now)


def _close(count: StockCount, note: str, actor: Actor, now: datetime) -> None:
    count.lines.update(open_warehouse=None)
    count.posted_at, count.posted_by_id, count.decision_note = now, actor.pk, note.strip()
    count.save(update_fields=["status", "posted_at", "posted_by", "decision_note"])


def _record(
    count: StockCount, lines: Sequence[StockCountLine], plan: Sequence[Displaced], actor: Actor, now: datetime
) -> None:
    data: dict[str, Any] = {
        "differing": len(lines),
        "more": sum(max(_difference(line), 0) for line in lines),
        "less": sum(max(-_difference(line), 0) for line in lines),
        "short": sum(one.pieces for one in plan),
        "note": count.decision_note,
    }
    record(count, StocktakingEvent.COUNT_POSTED, actor, now, **data)
