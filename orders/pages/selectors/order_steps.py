"""The progress of an order from placing to receipt, and what is not possible yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.selectors.responsibilities import manager_on
from core.actors import Actor
from core.enums import Colour
from core.errors import Message
from core.models import localised
from core.ui import numbers
from core.ui.figures import Step
from orders.amounts import readable_data
from orders.ordering.enums import HoldKind, Lateness, OrderAction, OrderStatus
from orders.ordering.models import Order
from orders.ordering.models.hold import outside_territory
from orders.ordering.permissions import CALLING_OFF
from orders.permissions import can_cancel, can_decide, can_handle, can_receive, can_submit

_WAITING = frozenset({OrderStatus.SUBMITTED})
_NOT_SHIPPED = _WAITING | {OrderStatus.APPROVED, OrderStatus.PICKING}
_LEFT = frozenset({OrderStatus.PARTLY_SHIPPED, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.RECEIVED})
_RANK = {
    OrderStatus.DRAFT: 0,
    OrderStatus.SUBMITTED: 1,
    OrderStatus.APPROVED: 2,
    OrderStatus.PICKING: 3,
    OrderStatus.PARTLY_SHIPPED: 3,
    OrderStatus.SHIPPED: 4,
    OrderStatus.DELIVERED: 5,
    OrderStatus.RECEIVED: 6,
}


@dataclass(frozen=True, kw_only=True)
class BlockedStep:
    """A step that this person may take, but not now."""

    label: Message
    reason: str


def blocked_steps(actor: Actor, order: Order, *, open_actions: Sequence[str]) -> Iterator[BlockedStep]:
    """The steps of this person's role that the order's state does not allow, with the reason."""
    status = order.status
    if can_handle(actor, order) and status in _WAITING:
        yield BlockedStep(label=OrderAction.SHIP.label, reason=_("The order is not approved yet."))
    if can_handle(actor, order) and order.is_on_hold and status == OrderStatus.APPROVED:
        yield BlockedStep(label=OrderAction.SHIP.label, reason=_("The order is on hold."))
    if can_receive(actor, order) and status in _NOT_SHIPPED and OrderAction.RECEIVE not in open_actions:
        yield BlockedStep(label=OrderAction.RECEIVE.label, reason=_("Nothing has been shipped yet."))
    if not CALLING_OFF & set(open_actions) and status not in {OrderStatus.CANCELLED, OrderStatus.RECEIVED}:
        if status in _LEFT and (can_cancel(actor, order) or can_submit(actor, order)):
            yield BlockedStep(label=OrderAction.CANCEL.label, reason=_("Goods have already left the warehouse."))
        elif can_submit(actor, order):
            reason = _("The order is already approved. Ask your channel manager to cancel it.")
            yield BlockedStep(label=OrderAction.CANCEL.label, reason=reason)
    if can_decide(actor, order) and status in {OrderStatus.PICKING, OrderStatus.PARTLY_SHIPPED}:
        yield BlockedStep(label=OrderAction.HOLD.label, reason=_("The warehouse is already working on it."))


def step_line(order: Order, *, picked_at: datetime | None) -> list[Step]:
    """Ordered, approved, picked, shipped, delivered, received: with their times, or the day they are due."""
    if order.status == OrderStatus.CANCELLED:
        return _cancelled_line(order)
    rank = _RANK[OrderStatus(order.status)]
    late = order.lateness == Lateness.LATE
    delivery = pgettext("step", "Delivery")
    moments = [
        (pgettext("step", "Order"), order.ordered_at),
        (pgettext("step", "Approval"), order.approved_at),
        (pgettext("step", "Picking"), picked_at or order.shipped_at),
        (pgettext("step", "Shipment"), order.shipped_at if rank >= _RANK[OrderStatus.SHIPPED] else None),
        (delivery, order.delivered_at),
        (pgettext("step", "Receipt"), order.received_at),
    ]
    line = []
    for number, (label, at) in enumerate(moments, 1):
        done = number <= rank
        current = number == rank + 1
        colour = Colour.DONE if done else Colour.WORK if current else Colour.DRAFT
        due = order.promised_on if label == delivery and not done else None
        if current and late and not done:
            colour = Colour.DANGER
        line.append(Step(label=label, at=at if done else None, due=due, colour=colour, current=current, done=done))
    return line


def _cancelled_line(order: Order) -> list[Step]:
    line = [Step(label=pgettext("step", "Order"), at=order.ordered_at, colour=Colour.DONE, done=True)]
    if order.approved_at:
        line.append(Step(label=pgettext("step", "Approval"), at=order.approved_at, colour=Colour.DONE, done=True))
    return [
        *line,
        Step(
            label=pgettext("step", "Cancelled"),
            at=order.cancelled_at,
            colour=Colour.DRAFT,
            current=True,
            done=True,
        ),
    ]


_ON_HOLD = gettext_lazy("On hold until %(manager)s releases it.")
_ABOVE_LIMIT = gettext_lazy("Above the limit of the buyer: waiting for an approver of %(distributor)s to confirm it.")
_TURNS: dict[str, Message] = {
    OrderStatus.SUBMITTED: gettext_lazy("Waiting for %(manager)s to approve it."),
    OrderStatus.APPROVED: gettext_lazy("Waiting for %(warehouse)s to pick it."),
    OrderStatus.PICKING: gettext_lazy("%(warehouse)s is picking it."),
    OrderStatus.PARTLY_SHIPPED: gettext_lazy("Partly shipped; %(warehouse)s has the rest to ship."),
    OrderStatus.SHIPPED: gettext_lazy("On its way to %(distributor)s."),
    OrderStatus.DELIVERED: gettext_lazy("Waiting for %(distributor)s to confirm receipt."),
}


def manager_of(distributor_id: int) -> Any:
    """Who decides today; read once, where a sentence names the person. One query."""
    return SimpleLazyObject(
        lambda: str(manager_on(distributor_id, on=timezone.localdate()) or _("the channel manager"))
    )


def waits_for(order: Order, *, manager: Any) -> str:
    """Who has to act next, in a sentence; empty once the order is finished. `manager` is that of `manager_of`."""
    if (
        order.is_on_hold
        and order.status == OrderStatus.SUBMITTED
        and any(hold.kind == HoldKind.LIMIT and hold.lifted_at is None for hold in order.holds.all())
    ):
        return str(_ABOVE_LIMIT) % _who_acts(order, manager)
    return str(_ON_HOLD if order.is_on_hold else _TURNS.get(order.status, "")) % _who_acts(order, manager)


def _who_acts(order: Order, manager: Any) -> dict[str, Any]:
    return {
        "manager": manager,
        "warehouse": order.warehouse.display_name if order.warehouse else _("the warehouse"),
        "distributor": order.distributor.display_name,
    }


_LATE: dict[str, Message] = {
    OrderStatus.SUBMITTED: gettext_lazy("Waiting for approval since %(since)s; %(manager)s decides."),
    OrderStatus.APPROVED: gettext_lazy("Approved on %(since)s and not picked yet; %(warehouse)s is responsible."),
    OrderStatus.PICKING: gettext_lazy(
        "Being picked since %(since)s and not shipped yet; %(warehouse)s is responsible."
    ),
    OrderStatus.PARTLY_SHIPPED: gettext_lazy("A part left on %(since)s; %(warehouse)s ships the rest."),
    OrderStatus.SHIPPED: gettext_lazy("In transit since %(since)s; %(manager)s follows it up with the carrier."),
    OrderStatus.DELIVERED: gettext_lazy("Delivered on %(since)s; %(distributor)s confirms the receipt."),
}
_LATE_ON_HOLD = gettext_lazy("On hold; %(manager)s decides.")


def late_because(order: Order, *, manager: Any, picked_at: datetime | None, today: date) -> str:
    """By how much an order is late, or that it is at risk, what it waits for and since when, and who acts: one sentence each."""
    since = {
        OrderStatus.SUBMITTED: order.ordered_at,
        OrderStatus.APPROVED: order.approved_at,
        OrderStatus.PICKING: picked_at or order.approved_at,
        OrderStatus.DELIVERED: order.delivered_at,
    }.get(OrderStatus(order.status), order.shipped_at)
    days = (today - order.promised_on).days if order.promised_on else 0
    late = ngettext("%(count)d day late.", "%(count)d days late.", days) % {"count": days} if days > 0 else _("Late.")
    if order.lateness == Lateness.SOON_LATE:
        late = _("At risk of being late.")
    reason = _LATE_ON_HOLD if order.is_on_hold else _LATE.get(order.status, "")
    named = {**_who_acts(order, manager), "since": numbers.day(timezone.localdate(since)) if since else numbers.NOTHING}
    return f"{late} {str(reason) % named}".strip()


def _days(data: Mapping[str, Any]) -> list[str]:
    return [str(data[key]) for key in ("day_before", "day_after") if data.get(key)]


def _counts(data: Mapping[str, Any]) -> Iterator[str]:
    """How many pieces, and how many parcels."""
    if data.get("units"):
        count = int(data["units"])
        yield ngettext("%(count)d piece", "%(count)d pieces", count) % {"count": count}
    if data.get("parcels"):
        count = int(data["parcels"])
        yield ngettext("%(count)d parcel", "%(count)d parcels", count) % {"count": count}


def timeline_note(data: Mapping[str, Any], *, reader: Actor) -> str:
    """What an event says to this person beyond its kind: the shipment, how much, what is missing, the reason."""
    data = readable_data(data, reader)
    parts = [str(data[key]) for key in ("shipment", "tracking_number") if data.get(key)]
    if data.get("ordered_for"):
        name = localised(str(data["ordered_for"]), str(data.get("ordered_for_zh", "")))
        parts.append(_("on behalf of %(distributor)s") % {"distributor": name})
    parts += _counts(data)
    if data.get("summary"):
        parts.append(str(data["summary"]))
    if data.get("amount_before") and data.get("amount_before") != data.get("amount_after") and data.get("currency"):
        parts.append(
            " → ".join(numbers.money(Decimal(data[key]), data["currency"]) for key in ("amount_before", "amount_after"))
        )
    if data.get("rule_code"):
        parts.append(
            _("by rule “%(rule)s”") % {"rule": localised(data.get("rule_name", ""), data.get("rule_name_zh", ""))}
        )
    if data.get("missing"):
        parts.append(_("%(count)d missing") % {"count": int(data["missing"])})
    if data.get("day_after"):
        parts.append(" → ".join(numbers.day(date.fromisoformat(day)) for day in _days(data)))
    if data.get("damaged"):
        parts.append(_("%(count)d damaged") % {"count": int(data["damaged"])})
    if data.get("agreement_ids"):
        parts.append(outside_territory(data))
    parts += [str(data[key]) for key in ("reason", "note") if data.get(key)]
    return " · ".join(parts)
