"""Returns that wait for somebody: to be decided, to be sent, to be received, to be inspected."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from core.actors import Actor
from core.errors import Message
from messaging.enums import Work
from messaging.selectors.work_list import LONGEST, WorkGroup, WorkLine
from orders.permissions import can_see_prices
from orders.returns.enums import ReturnStatus
from orders.returns.models import Return
from orders.returns.permissions import can_decide_return, can_handle_return, can_request_return_itself, decision_limit


@dataclass(frozen=True, kw_only=True)
class _Kind:
    status: ReturnStatus
    button: Message
    route: str
    may: Callable[[Any], bool]
    since: str


_KINDS: Mapping[Work, _Kind] = {
    Work.RETURN_TO_DECIDE: _Kind(
        status=ReturnStatus.REQUESTED,
        button=pgettext_lazy("return", "Decide"),
        route="orders:return",
        may=can_decide_return,
        since="requested_at",
    ),
    Work.RETURN_TO_SEND: _Kind(
        status=ReturnStatus.AUTHORISED,
        button=pgettext_lazy("return", "Goods sent"),
        route="orders:return-send",
        may=can_request_return_itself,
        since="decided_at",
    ),
    Work.RETURN_TO_RECEIVE: _Kind(
        status=ReturnStatus.SENT,
        button=pgettext_lazy("return", "Receive goods"),
        route="orders:return-receive",
        may=can_handle_return,
        since="sent_at",
    ),
    Work.RETURN_TO_INSPECT: _Kind(
        status=ReturnStatus.RECEIVED,
        button=pgettext_lazy("return", "Inspect"),
        route="orders:return-inspect",
        may=can_handle_return,
        since="received_at",
    ),
}


def return_work(actor: Actor) -> list[WorkGroup]:
    """The returns of each kind that the person can do something about, the longest waiting first. Two queries at most."""
    kinds = {work: kind for work, kind in _KINDS.items() if kind.may(actor)}
    if not kinds:
        return []
    rows = Return.objects.visible_to(actor).work_of(actor).filter(status__in=[kind.status for kind in kinds.values()])
    if actor.distributor_id is not None:
        rows = rows.filter(distributor=actor.distributor_id)
    if Work.RETURN_TO_DECIDE in kinds:
        rows = rows.within(decision_limit(actor))
    numbers = dict(rows.order_by().values_list("status").annotate(number=Count("pk")))
    if not numbers:
        return [_group(work, kind, 0, ()) for work, kind in kinds.items()]
    place = Window(RowNumber(), partition_by=F("status"), order_by=[F("requested_at").asc(), F("pk").asc()])
    named = Case(
        *(When(status=kind.status, then=Value(work.value)) for work, kind in kinds.items()), output_field=CharField()
    )
    first = rows.annotate(place=place, work=named).filter(place__lte=LONGEST).order_by("place")
    lines: dict[str, list[WorkLine]] = {}
    has_amount = can_see_prices(actor)
    for row in first.select_related("distributor"):
        lines.setdefault(row.work, []).append(_line(row, Work(row.work), kinds[Work(row.work)], has_amount=has_amount))
    return [_group(work, kind, numbers.get(kind.status, 0), lines.get(work.value, ())) for work, kind in kinds.items()]


def _group(work: Work, kind: _Kind, number: int, lines: Sequence[WorkLine]) -> WorkGroup:
    url = reverse("orders:returns", query={"status": kind.status.value})
    return WorkGroup(work=work, number=number, lines=lines, all_url=url)


def _line(row: Any, work: Work, kind: _Kind, *, has_amount: bool) -> WorkLine:
    return WorkLine(
        work=work,
        what=str(row),
        url=row.get_absolute_url(),
        who=row.distributor.display_name,
        who_url=reverse("orders:returns", query={"distributor": row.distributor.code}),
        since=getattr(row, kind.since),
        amount=row.asked_amount if has_amount else None,
        currency=row.currency,
        button=kind.button,
        button_url=reverse(kind.route, args=[row.number]),
    )
