"""Orders that wait for somebody: one query for how many and the first of every kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Message
from messaging.enums import Work
from messaging.selectors.work_list import LONGEST, WorkGroup, WorkLine
from orders.changes.selectors.work import (
    above_limit_within,
    change_requested,
    change_to_confirm,
    on_hold_by_seller,
    question_answered,
    question_open,
)
from orders.models import Order
from orders.ordering.enums import OPEN_STATUSES, Lateness, OrderAction, OrderStatus
from orders.permissions import can_decide, can_handle, can_order, can_receive, can_see_prices, order_limit, within_limit

_S = OrderStatus
_OPEN = urlencode({"status": sorted(OPEN_STATUSES)}, doseq=True)  # those that came late stay late, too


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """Which orders are of this kind, what their list is filtered by, what the button does, and for whom."""

    statuses: frozenset[OrderStatus]
    query: str
    button: Message
    route: str
    action: str = ""
    lateness: str = ""
    on_hold: bool | None = None
    may: Callable[[Any], bool] | None = None
    narrows: Callable[[Any], Q] | None = None

    def where(self, actor: Actor) -> Q:
        late = Q(lateness=self.lateness) if self.lateness else Q()
        hold = Q() if self.on_hold is None else Q(is_on_hold=self.on_hold)
        may = Q() if self.narrows is None else self.narrows(actor)
        return Q(status__in=sorted(self.statuses)) & late & hold & may


KINDS: Mapping[Work, _Kind] = {
    Work.LATE: _Kind(
        statuses=OPEN_STATUSES,
        lateness=Lateness.LATE,
        query=f"lateness=late&{_OPEN}",
        button=_("View order"),
        route="orders:order",
    ),
    Work.SOON_LATE: _Kind(
        statuses=OPEN_STATUSES,
        lateness=Lateness.SOON_LATE,
        query=f"lateness=soon_late&{_OPEN}",
        button=_("View order"),
        route="orders:order",
    ),
    Work.ANSWERED: _Kind(
        statuses=frozenset({_S.SUBMITTED, _S.APPROVED}),
        on_hold=True,
        query="is_on_hold=true",
        button=_("Decide"),
        route="orders:order",
        may=can_decide,
        narrows=lambda actor: within_limit(actor) & question_answered(),
    ),
    Work.ON_HOLD: _Kind(
        statuses=frozenset({_S.SUBMITTED, _S.APPROVED}),
        on_hold=True,
        query="is_on_hold=true",
        button=_("Decide"),
        route="orders:order",
        may=can_decide,
        narrows=lambda actor: within_limit(actor) & on_hold_by_seller(),
    ),
    Work.CHANGE_REQUESTED: _Kind(
        statuses=frozenset({_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED}),
        query="change_requested=true",
        button=_("Decide"),
        route="orders:order",
        may=can_decide,
        narrows=lambda actor: within_limit(actor) & change_requested(),
    ),
    Work.TO_ANSWER: _Kind(
        statuses=frozenset({_S.SUBMITTED, _S.APPROVED}),
        on_hold=True,
        query="is_on_hold=true",
        button=_("Answer"),
        route="orders:answer",
        may=can_order,
        narrows=lambda _actor: question_open(),
    ),
    Work.TO_CONFIRM: _Kind(
        statuses=frozenset({_S.SUBMITTED}),
        on_hold=True,
        query="is_on_hold=true",
        button=_("View order"),
        route="orders:order",
        may=can_order,
        narrows=lambda actor: above_limit_within(order_limit(actor)),
    ),
    Work.CHANGE_TO_CONFIRM: _Kind(
        statuses=frozenset({_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED}),
        query="change_to_confirm=true",
        button=_("View order"),
        route="orders:order",
        may=can_order,
        narrows=lambda actor: change_to_confirm(order_limit(actor)),
    ),
    Work.TO_APPROVE: _Kind(
        statuses=frozenset({_S.SUBMITTED}),
        on_hold=False,
        query="status=submitted&is_on_hold=false",
        button=_("Approve"),
        route="orders:act",
        action=OrderAction.APPROVE,
        may=can_decide,
        narrows=within_limit,
    ),
    Work.TO_PICK: _Kind(
        statuses=frozenset({_S.APPROVED}),
        on_hold=False,
        query="status=approved&is_on_hold=false",
        button=_("Start picking"),
        route="orders:act",
        action=OrderAction.PICK,
        may=can_handle,
    ),
    Work.TO_SHIP: _Kind(
        statuses=frozenset({_S.PICKING, _S.PARTLY_SHIPPED}),
        query="status=picking&status=partly_shipped",
        button=_("Ship"),
        route="orders:ship",
        may=can_handle,
    ),
    Work.TO_RECEIVE: _Kind(
        statuses=frozenset({_S.SHIPPED, _S.DELIVERED}),
        query="status=shipped&status=delivered",
        button=_("Confirm receipt"),
        route="orders:receive",
        may=can_receive,
    ),
    Work.DRAFT: _Kind(statuses=frozenset({_S.DRAFT}), query="status=draft", button=_("Continue"), route="orders:order"),
}


def order_work(actor: Actor, kinds: Sequence[Work]) -> list[WorkGroup]:
    """The orders of each kind that the person can do something about, a distributor's people those of their own company.

    An order of two kinds is listed under the first. Three queries.
    """
    kinds = [kind for kind in kinds if (may := KINDS[kind].may) is None or may(actor)]
    if not kinds:
        return []
    named = Case(*(When(KINDS[kind].where(actor), then=Value(kind.value)) for kind in kinds), output_field=CharField())
    wanted = Q()
    for kind in kinds:
        wanted |= KINDS[kind].where(actor)
    # The statuses once more on their own, so that the index on them finds the few open orders among all.
    statuses = sorted(frozenset().union(*(KINDS[kind].statuses for kind in kinds)))
    rows = Order.objects.visible_to(actor).work_of(actor).filter(wanted, status__in=statuses).annotate(work=named)
    if actor.distributor_id is not None:
        rows = rows.filter(distributor=actor.distributor_id)
    place = Window(RowNumber(), partition_by=F("work"), order_by=[F("promised_on").asc(nulls_last=True), F("pk").asc()])
    # Numbered and counted without their columns: a director's open orders are tens of thousands, shown are some dozens.
    counted = rows.annotate(place=place, of_kind=Window(Count("*"), partition_by=F("work")))
    shown = list(counted.filter(place__lte=LONGEST).order_by("place").values_list("pk", "work", "of_kind"))
    orders = Order.objects.select_related("distributor").in_bulk([pk for pk, _work, _number in shown])
    numbers = {work: number for _pk, work, number in shown}
    has_amounts = can_see_prices(actor)
    lines: dict[str, list[WorkLine]] = {}
    for pk, work, _number in shown:
        lines.setdefault(work, []).append(_line(orders[pk], Work(work), has_amount=has_amounts))
    return [
        WorkGroup(
            work=kind,
            number=numbers.get(kind.value, 0),
            lines=lines.get(kind.value, []),
            all_url=f"{reverse('orders:list')}?{KINDS[kind].query}",
        )
        for kind in kinds
    ]


def _line(order: Any, work: Work, *, has_amount: bool) -> WorkLine:
    kind = KINDS[work]
    arguments = [order.reference, kind.action] if kind.action else [order.reference]
    return WorkLine(
        work=work,
        what=str(order),
        url=order.get_absolute_url(),
        who=order.distributor.display_name,
        who_url=reverse("orders:list", query={"distributor": order.distributor.code}),
        since=_since(order, work),
        due=order.promised_on,
        amount=order.net_amount if has_amount else None,
        currency=order.currency,
        button=kind.button,
        button_url=reverse(kind.route, args=arguments),
        posts=bool(kind.action),
        version=order.version,
    )


def _since(order: Any, work: Work) -> date | Any:
    """How long it has been waiting: late since the promised day, to receive since it was shipped, else since it was ordered."""
    if work == Work.LATE:
        return order.promised_on
    if work == Work.TO_RECEIVE:
        return order.delivered_at or order.shipped_at
    return order.approved_at if work in {Work.TO_PICK, Work.TO_SHIP} else order.ordered_at
