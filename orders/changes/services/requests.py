"""Changes of an approved order: the buyer asks, above a limit the distributor confirms, the seller accepts or refuses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.rules.pasted_lines import MAX_QUANTITY
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.models import Event
from core.permissions import require
from core.state import check_version
from orders.changes.enums import RequestAction, RequestStatus
from orders.changes.models import ChangeRequest, ChangeRequestLine
from orders.changes.permissions import (
    REQUEST_STATES,
    can_confirm_request,
    can_decide_request,
    can_refuse_request,
    can_withdraw,
)
from orders.changes.services.applying import apply_request
from orders.changes.services.limits import above_limit
from orders.ordering.enums import OrderAction, OrderEvent
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.gift_changes import with_gifts
from orders.ordering.services.line_changes import summary_of
from orders.ordering.services.locking import lock_order, record_order_event
from orders.permissions import can_request_change


@dataclass(frozen=True, kw_only=True)
class RequestedLine:
    """What a line is to be: so many pieces in all, on that day. What is the same as in the order is not asked for."""

    line_id: int
    quantity: int
    wanted_on: date | None = None


@transaction.atomic
def request_change(
    *,
    order_id: int,
    actor: Actor,
    lines: Sequence[RequestedLine],
    reason: str,
    now: datetime,
    expected_version: int | None = None,
) -> ChangeRequest:
    """Ask for a change of an approved order. Nothing of the order changes until the seller accepts.

    Where the order would cost more than `actor` may order, an approver of the distributor confirms it first. Less than
    has left already cannot be asked for, nor nothing at all: that is a cancellation. Records one event. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict (not approved, or everything has left; another request is open), and
    InvalidInput with a problem a line (`lines.<index>`).
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_request_change(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.REQUEST_CHANGE)
    if not reason.strip():
        raise InvalidInput(_("Say why the order should change."), code="required", field="reason")
    if ChangeRequest.objects.open().filter(order=order).exists():
        raise Conflict(_("Another change of this order is still to be decided."), code="request_open")
    stored = {line.pk: line for line in order.lines.select_related("product")}
    asked = _with_gifts(_asked(lines, stored), stored)
    above = above_limit(order, [_row(None, stored[one.line_id], one) for one in asked], actor=actor, now=now)
    amount: dict[str, Any] = {"amount_company": above.amount} if above else {}
    with explained():
        request = ChangeRequest.objects.create(
            order=order,
            status=RequestStatus.UNCONFIRMED if above else RequestStatus.REQUESTED,
            **amount,
            reason=reason.strip(),
            requested_by_id=actor.pk,
            requested_at=now,
        )
    rows = ChangeRequestLine.objects.bulk_create(_row(request, stored[one.line_id], one) for one in asked)
    kind = OrderEvent.CHANGE_ABOVE_LIMIT if above else OrderEvent.CHANGE_REQUESTED
    params = above.params() if above else {}
    _record(order, kind, changes_of(rows), actor=actor, now=now, before=before, reason=reason, **params)
    return request


@transaction.atomic
def confirm_request(
    *, request_id: int, actor: Actor, now: datetime, expected_version: int | None = None
) -> ChangeRequest:
    """Confirm a request above the limit of who asks: from now on it waits for the seller like any other.

    Records one event. Raises NotVisible, NotAllowed (above the actor's own limit, too), StaleVersion, and Conflict (not
    waiting to be confirmed; nothing of the order can be changed any more).
    """
    request, order = _locked(request_id, actor, expected_version)
    is_confirmable = can_confirm_request(actor, request)
    REQUEST_STATES.advance(request, RequestAction.CONFIRM)
    require(is_confirmable)
    before, _after = ORDER_STATES.advance(order, OrderAction.REQUEST_CHANGE)
    request.save(update_fields=["status"])
    rows = list(request.lines.select_related("line__product").order_by("id"))
    changes = changes_of(rows)
    _record(order, OrderEvent.CHANGE_CONFIRMED, changes, actor=actor, now=now, before=before, reason=request.reason)
    return request


@transaction.atomic
def accept_request(
    *, request_id: int, actor: Actor, now: datetime, reason: str = "", expected_version: int | None = None
) -> ChangeRequest:
    """Do what a request asks for: less is cancelled, more becomes a new line at today's price, days are set.

    Stock and actual sales follow. Records one event. Raises NotVisible, NotAllowed, StaleVersion, and Conflict (decided
    already, more has left meanwhile, stock short, no price or right any more).
    """
    request, order = _locked(request_id, actor, expected_version)
    require(can_decide_request(actor, request))
    REQUEST_STATES.advance(request, RequestAction.ACCEPT)
    before = order.status
    ORDER_STATES.advance(order, OrderAction.REQUEST_CHANGE)
    rows = list(request.lines.select_related("line__product").order_by("id"))
    amount = order.net_amount
    apply_request(order, rows, now=now)
    _decide(request, actor, now, reason)
    amounts = {"amount_before": str(amount), "amount_after": str(order.net_amount), "currency": order.currency}
    _record(
        order,
        OrderEvent.CHANGE_ACCEPTED,
        changes_of(rows),
        actor=actor,
        now=now,
        before=before,
        reason=reason,
        **amounts,
    )
    return request


@transaction.atomic
def refuse_request(
    *, request_id: int, actor: Actor, now: datetime, reason: str, expected_version: int | None = None
) -> ChangeRequest:
    """Leave the order as it is: the seller, or before it the distributor's approver where one has to confirm.

    Records one event. Raises NotVisible, NotAllowed, StaleVersion, Conflict, InvalidInput.
    """
    request, order = _locked(request_id, actor, expected_version)
    require(can_refuse_request(actor, request))
    REQUEST_STATES.advance(request, RequestAction.REFUSE)
    if not reason.strip():
        raise InvalidInput(_("Give a reason: the distributor reads it."), code="required", field="reason")
    _decide(request, actor, now, reason)
    _record(order, OrderEvent.CHANGE_REFUSED, [], actor=actor, now=now, before=order.status, reason=reason)
    return request


@transaction.atomic
def withdraw_request(
    *, request_id: int, actor: Actor, now: datetime, expected_version: int | None = None
) -> ChangeRequest:
    """Take a request back. Records one event. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    request, order = _locked(request_id, actor, expected_version)
    require(can_withdraw(actor, request))
    REQUEST_STATES.advance(request, RequestAction.WITHDRAW)
    _decide(request, actor, now, "")
    _record(order, OrderEvent.CHANGE_WITHDRAWN, [], actor=actor, now=now, before=order.status)
    return request


def close_without_order(event: Event) -> None:
    """Outbox consumer: what was asked of an order that was cancelled or has left as a whole is refused by the program."""
    with transaction.atomic():
        try:
            order = lock_order(order_id=event.subject_id, actor=None, expected_version=None)
        except NotVisible:
            return
        if ORDER_STATES.target(order.status, OrderAction.REQUEST_CHANGE) is not None:
            return
        request = ChangeRequest.objects.select_for_update().filter(order=order).open().first()
        if request is not None:
            REQUEST_STATES.advance(request, RequestAction.REFUSE)
            _decide(request, None, event.at, "")
            _record(order, OrderEvent.CHANGE_REFUSED, [], actor=None, now=event.at, before=order.status)


def changes_of(rows: Sequence[ChangeRequestLine]) -> list[dict[str, Any]]:
    """What is asked for, for an event."""
    return [
        {
            "line": row.line_id,
            "code": row.line.product.code,
            "before": row.quantity_before,
            "after": row.quantity_after,
            "wanted_before": str(row.wanted_before or ""),
            "wanted_after": str(row.wanted_after or ""),
        }
        for row in rows
    ]


def _asked(lines: Sequence[RequestedLine], stored: Mapping[int, OrderLine]) -> list[RequestedLine]:
    """Those that ask for something."""
    problems = [problem for place, one in enumerate(lines) if (problem := _problem(place, one, stored))]
    if problems:
        raise InvalidInput(problems=problems)
    named = {one.line_id: one for one in lines}
    asked = [one for one in named.values() if _differs(one, stored[one.line_id])]
    if not asked:
        raise InvalidInput(_("Change at least one line."), code="nothing_asked")
    if not any(named[pk].quantity if pk in named else line.ordered - line.cancelled for pk, line in stored.items()):
        message = _("Nothing would be left of the order. Ask the seller to cancel it instead.")
        raise InvalidInput(message, code="nothing_left")
    return asked


def _differs(one: RequestedLine, line: OrderLine) -> bool:
    return (one.quantity, one.wanted_on) != (line.ordered - line.cancelled, line.wanted_on)


def _problem(place: int, one: RequestedLine, stored: Mapping[int, OrderLine]) -> Problem | None:
    line = stored.get(one.line_id)
    if line is None:
        return Problem(message=_("This line is not in the order."), code="unknown", field=f"lines.{place}.line")
    if not line.shipped <= one.quantity <= MAX_QUANTITY:
        message = _("%(shipped)d have left already: enter at least that many.") % {"shipped": line.shipped}
        return Problem(message=message, code="quantity_out_of_range", field=f"lines.{place}.quantity")
    if line.gift_of_id is not None and one.quantity > line.ordered - line.cancelled:
        message = _("%(code)s is a gift: more of it cannot be asked for.") % {"code": line.product.code}
        return Problem(message=message, code="more_of_gift", field=f"lines.{place}.quantity")
    return None


def _with_gifts(asked: Sequence[RequestedLine], stored: Mapping[int, OrderLine]) -> list[RequestedLine]:
    """With less of the gifts that went with what is asked less of: both sides see it."""
    kept = with_gifts(list(stored.values()), {one.line_id: one.quantity for one in asked})
    named = {one.line_id: replace(one, quantity=kept.pop(one.line_id)) for one in asked}
    more = [RequestedLine(line_id=pk, quantity=left, wanted_on=stored[pk].wanted_on) for pk, left in kept.items()]
    return [one for one in (*named.values(), *more) if _differs(one, stored[one.line_id])]


def _row(request: ChangeRequest | None, line: OrderLine, one: RequestedLine) -> ChangeRequestLine:
    return ChangeRequestLine(
        **({} if request is None else {"request": request}),
        line=line,
        quantity_before=line.ordered - line.cancelled,
        quantity_after=one.quantity,
        wanted_before=line.wanted_on,
        wanted_after=one.wanted_on,
    )


def _locked(request_id: int, actor: Actor, expected_version: int | None) -> tuple[ChangeRequest, Order]:
    """The request and its order, that of the order first: so do all that change an order."""
    found = ChangeRequest.objects.visible_to(actor).filter(pk=request_id).values_list("order_id", flat=True).first()
    if found is None:
        raise NotVisible
    order = lock_order(order_id=found, actor=actor, expected_version=None)
    request = ChangeRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    request.order = order
    check_version(request, expected_version)
    return request, order


def _decide(request: ChangeRequest, actor: Actor | None, now: datetime, reason: str) -> None:
    request.decided_by_id, request.decided_at = (actor.pk if actor else None), now
    request.decision_reason = reason.strip()
    request.save(update_fields=["status", "decided_by", "decided_at", "decision_reason"])


def _record(
    order: Order,
    kind: OrderEvent,
    changes: Sequence[Mapping[str, Any]],
    *,
    actor: Actor | None,
    now: datetime,
    before: str,
    reason: str = "",
    **data: Any,
) -> None:
    record_order_event(
        order,
        kind,
        actor=actor,
        now=now,
        before=before,
        reason=reason.strip(),
        changes=list(changes),
        summary=summary_of(changes),
        **data,
    )


Decision = Callable[..., ChangeRequest]
DECISIONS: Mapping[str, Decision] = {
    RequestAction.CONFIRM: confirm_request,
    RequestAction.ACCEPT: accept_request,
    RequestAction.REFUSE: refuse_request,
    RequestAction.WITHDRAW: withdraw_request,
}

__all__ = ["DECISIONS", "RequestedLine", "accept_request", "close_without_order", "confirm_request", "request_change"]
