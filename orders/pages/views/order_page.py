"""The page of one order, the same for both sides: its status, the next steps, its activity."""

import json
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from channel.enums import FreightTerms
from core.state import available_actions
from core.ui.details import NextStep, ScopedDetailView
from core.ui.page import Crumb
from core.ui.timeline import TimelineRow
from orders.amounts import hold_reason
from orders.changes.enums import RequestStatus
from orders.changes.permissions import can_confirm_request, can_decide_request, can_withdraw
from orders.changes.selectors.hold_questions import questions_of
from orders.changes.selectors.requests import open_request_of
from orders.changes.selectors.waiting import waiting_reasons
from orders.fulfilment.enums import ShipmentStatus
from orders.ordering.enums import OPEN_STATUSES, HoldKind, Lateness, OrderAction, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import CALLING_OFF, ORDER_STATES
from orders.ordering.selectors.loads import load_of_lines
from orders.ordering.services.holds import needs_reason
from orders.ordering.services.quoted import latest
from orders.pages.print_links import links_of_order, links_of_shipment
from orders.pages.selectors.order_lines import ShipmentDetail, lines_of, picked_at, shipments_of, state_of_page
from orders.pages.selectors.order_steps import (
    BlockedStep,
    blocked_steps,
    late_because,
    manager_of,
    step_line,
    timeline_note,
    waits_for,
)
from orders.pages.views.named import NamedOrderMixin
from orders.pages.views.order_actions import REMIND
from orders.pages.views.return_tab import return_steps_of
from orders.permissions import (
    can_decide,
    can_handle,
    can_mark_delivered,
    can_receive,
    can_remind,
    can_see_prices,
    can_submit,
    is_at_risk,
)
from orders.tracking.models import PromiseChange
from orders.tracking.selectors.arrivals import estimated_arrivals
from orders.tracking.services.reminding import reminded_today

_FORMS = {
    OrderAction.HOLD: "orders:hold",
    OrderAction.REJECT: "orders:reject",
    OrderAction.RELEASE_CREDIT: "orders:release-credit",
    OrderAction.CHANGE: "orders:change",
    OrderAction.APPROVE_CHANGED: "orders:approve-changed",
    OrderAction.REQUEST_CHANGE: "orders:request-change",
    OrderAction.CANCEL: "orders:cancel",
    OrderAction.CANCEL_REST: "orders:cancel-rest",
    OrderAction.SHIP: "orders:ship",
    OrderAction.RECEIVE: "orders:receive",
}
_NEVER_FIRST = CALLING_OFF | {
    OrderAction.HOLD,
    OrderAction.CHANGE,
    OrderAction.APPROVE_CHANGED,
    OrderAction.REQUEST_CHANGE,
}
SEEN = "X-Seen"
STOP_POLLING = 286
"""htmx takes the answer and asks no more."""
_APPROVALS = frozenset({OrderAction.APPROVE, OrderAction.APPROVE_CHANGED})


class OrderPage(NamedOrderMixin, ScopedDetailView):
    """One order."""

    related = (
        "distributor", "warehouse", "manager", "created_by", "type", "seller_distributor", "agreement",
        "consignee_distributor", "consignee_outlet",
    )  # fmt: skip
    template_name = "orders/order.html"

    @property
    def order(self) -> Order:
        order: Order = self.object
        return order

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A draft is shown where it is worked on. Who has the page open asks whether it has changed, and is told no more."""
        if request.headers.get(SEEN) == self.seen:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        if self.order.status == OrderStatus.DRAFT and can_submit(self.actor, self.order):
            return HttpResponseRedirect(self._entry_url())
        answer = super().get(request, *args, **kwargs)
        if SEEN in request.headers and self.is_finished:
            answer.status_code = STOP_POLLING
        return answer

    @cached_property
    def seen(self) -> str:
        """What the page shows is as of this: it changes with the order, its events, and what carriers say."""
        return state_of_page(self.order)

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to the order by itself."""
        return self.order.status in {OrderStatus.RECEIVED, OrderStatus.CANCELLED, OrderStatus.DRAFT}

    def _entry_url(self) -> str:
        own = self.order.distributor_id == self.actor.distributor_id
        place = "" if own else f"&for={self.order.distributor.code}"
        return f"{reverse('orders:entry')}?draft={self.order.reference}{place}"

    def page_title(self) -> str:
        return str(self.order)

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=_("Orders"), url=reverse("orders:list"))]

    def state(self) -> OrderStatus:
        return OrderStatus(self.order.status)

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("order", self.order.pk)]

    def time_line(self) -> Sequence[TimelineRow]:
        """With the shipment that a row is about."""
        return [replace(row, note=timeline_note(row.data, reader=self.actor)) for row in super().time_line()]

    @cached_property
    def shipments(self) -> list[ShipmentDetail]:
        return [
            replace(detail, print_links=links_of_shipment(detail.shipment, self.order, self.actor))
            for detail in shipments_of(order_id=self.order.pk)
        ]

    @cached_property
    def blocked(self) -> list[BlockedStep]:
        """What this person may do, but not now, with the reason."""
        steps = list(blocked_steps(self.actor, self.order, open_actions=self.open_actions))
        if self.needs_reason and OrderAction.RELEASE in self.open_actions and self.order.approved_at is None:
            steps.append(BlockedStep(label=OrderAction.APPROVE.label, reason=_("Release it first, with a reason.")))
        if self.is_above_limit and can_decide(self.actor, self.order):
            reason = _("The distributor has still to confirm it: it is above the limit of its buyer.")
            steps.append(BlockedStep(label=OrderAction.APPROVE.label, reason=reason))
        return steps

    @cached_property
    def to_receive(self) -> list[ShipmentDetail]:
        return [detail for detail in self.shipments if detail.shipment.status != ShipmentStatus.RECEIVED]

    @cached_property
    def open_actions(self) -> list[OrderAction]:
        """What this person may do now, the likeliest first, calling off last."""
        actions = [OrderAction(move.action) for move in available_actions(ORDER_STATES, self.order, self.actor)]
        if OrderAction.RECEIVE not in actions and self.to_receive and can_receive(self.actor, self.order):
            actions.insert(0, OrderAction.RECEIVE)
        if self.needs_reason or self.is_above_limit:
            actions = [action for action in actions if action not in _APPROVALS]
        return sorted(actions, key=lambda action: action in CALLING_OFF)

    @cached_property
    def needs_reason(self) -> bool:
        """Whether the order is released with a reason only."""
        return needs_reason(self.order)

    @cached_property
    def is_above_limit(self) -> bool:
        """Whether the distributor has still to confirm it."""
        return self.order.is_on_hold and any(hold.kind == HoldKind.LIMIT for hold in self.order.holds.open())

    @cached_property
    def may_ask(self) -> bool:
        """Whether this person may ask the distributor about what the seller holds the order for."""
        return OrderAction.RELEASE in self.open_actions

    @cached_property
    def may_remind(self) -> bool:
        return is_at_risk(self.order) and can_remind(self.actor, self.order)

    @cached_property
    def promise_change(self) -> PromiseChange | None:
        """The day that the seller named last, if it named another one."""
        return self.order.promise_changes.order_by("-pk").first()

    @cached_property
    def is_reminded(self) -> bool:
        return reminded_today(self.order, now=timezone.now())

    def next_steps(self) -> Sequence[NextStep]:
        """The open steps, one of them filled; then what is not possible now, with the reason."""
        first = next((action for action in self.open_actions if action not in _NEVER_FIRST), None)
        steps = [self._step(action, primary=action == first) for action in self.open_actions]
        if can_submit(self.actor, self.order):
            url = reverse("orders:order-again", args=[self.order.reference])
            steps.insert(1 if first else 0, NextStep(label=_("Order again"), url=url))
        if self.may_ask:
            steps.append(NextStep(label=_("Ask"), url=reverse("orders:ask", args=[self.order.reference]), opens=True))
        if any(detail.is_received for detail in self.shipments):
            steps += return_steps_of(self.actor, self.order)
        if self.order.status in OPEN_STATUSES and can_decide(self.actor, self.order):
            url = reverse("orders:change-promise", args=[self.order.reference])
            steps.append(NextStep(label=_("Change promised day"), url=url, opens=True))
        if self.may_remind:
            url = reverse("orders:act", args=[self.order.reference, REMIND])
            reason = _("A reminder has been sent today already.") if self.is_reminded else ""
            steps.append(NextStep(label=_("Remind"), url="" if reason else url, reason=reason))
        return [*steps, *(NextStep(label=blocked.label, url="", reason=blocked.reason) for blocked in self.blocked)]

    def _step(self, action: OrderAction, *, primary: bool) -> NextStep:
        number = self.order.reference
        route = "orders:release" if action == OrderAction.RELEASE and self.needs_reason else _FORMS.get(action)
        url = reverse(route, args=[number]) if route else reverse("orders:act", args=[number, action.value])
        return NextStep(
            label=action.label,
            url=url,
            primary=primary,
            dangerous=action in CALLING_OFF,
            opens=route is not None,
            version=None if route else self.order.version,
        )

    def _waiting_reasons(self) -> Sequence[str]:
        found = waiting_reasons([self.order.pk], with_amounts=can_see_prices(self.actor))
        return found.get(self.order.pk, ())

    def _changes(self) -> dict[str, Any]:
        """Why it waits, what was asked about its holds, and what change is to be decided."""
        order, status = self.order, OrderStatus(self.order.status)
        waits = status == OrderStatus.SUBMITTED and not order.is_on_hold
        request = None
        if ORDER_STATES.target(status, OrderAction.REQUEST_CHANGE) is not None:
            request = open_request_of(order_id=order.pk)
        return {
            "waiting_reasons": self._waiting_reasons() if waits else (),
            "hold_questions": questions_of(order_id=order.pk) if order.is_on_hold else (),
            "may_answer": can_submit(self.actor, order),
            "change_request": request,
            "request_is_unconfirmed": request is not None and request.status == RequestStatus.UNCONFIRMED,
            "may_confirm_request": request is not None and can_confirm_request(self.actor, request),
            "may_decide_request": request is not None and can_decide_request(self.actor, request),
            "may_withdraw_request": request is not None and can_withdraw(self.actor, request),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, order = self.actor, self.order
        picked, manager = picked_at(order_id=order.pk), manager_of(order.distributor_id)
        return super().get_context_data(
            order=order,
            lateness=Lateness(order.lateness) if order.lateness != Lateness.ON_TIME else None,
            late_because=late_because(order, manager=manager, picked_at=picked, today=timezone.localdate())
            if is_at_risk(order)
            else "",
            is_at_risk=order.lateness == Lateness.SOON_LATE,
            promise_change=self.promise_change,
            arrivals=estimated_arrivals([one.shipment for one in self.shipments], now=timezone.now()),
            seen_headers="" if self.is_finished else json.dumps({SEEN: self.seen}),
            step_line=step_line(order, picked_at=picked),
            waits_for=waits_for(order, manager=manager),
            blocked=self.blocked,
            shipping_began=bool(self.shipments),
            **_promises(lines_of(order_id=order.pk)),
            shipments=self.shipments,
            print_links=links_of_order(order, user),
            hold_reasons=[hold_reason(hold, self.actor) for hold in order.holds.open()] if order.is_on_hold else [],
            **self._changes(),
            freight=FreightTerms(order.freight_terms).label if order.freight_terms else "",
            is_cancelled=order.status == OrderStatus.CANCELLED,
            is_received=order.status == OrderStatus.RECEIVED,
            may_open_distributor=order.distributor_id != user.distributor_id,
            may_receive=can_receive(user, order),
            may_deliver=can_mark_delivered(user, order),
            may_pack=can_handle(user, order),
            **kwargs,
        )


def _promises(lines: list[OrderLine]) -> dict[str, Any]:
    """The lines, what they weigh, and for when the last of them is promised now where some of it waits."""
    return {
        "lines": lines,
        "load": load_of_lines(lines),
        "has_back_orders": any(line.back_orders for line in lines),
        "expected_on": latest([line.expected_on for line in lines if line.ordered > line.cancelled]),
    }
