"""What somebody has to hand over, and the sheet of what was."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.enums import AccountsEvent
from accounts.models import Distributor, Duty, Responsibility, User
from accounts.selectors.open_work import OPEN_WORK, open_work_of
from core.errors import Message
from core.models import Event


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    label: Message
    number: int


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What one person would hand over."""

    person: User
    distributors: int
    duties: int
    work: Sequence[WorkLine]


def handing_over(viewer: User, *, person_id: int, on: date) -> Leaving | None:
    """What a person of the viewer's team has on a day or later; None for others. Two queries, one for each kind of work."""
    person: User | None = User.objects.visible_to(viewer).filter(pk=person_id).first()
    if person is None:
        return None
    rows = Responsibility.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), user=person, duty__is_active=True
    )
    pairs = set(rows.order_by().values_list("distributor_id", "duty_id"))
    return Leaving(
        person=person,
        distributors=len({distributor for distributor, _duty in pairs}),
        duties=len(pairs),
        work=_lines(open_work_of(person.pk)),
    )


def _lines(work: Mapping[str, int]) -> list[WorkLine]:
    return [WorkLine(label=one.label, number=work[one.key]) for one in OPEN_WORK if work.get(one.key)]


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    distributor: Distributor
    duties: Sequence[Duty]


@dataclass(frozen=True, kw_only=True)
class SuccessorShare:
    """What one successor received."""

    successor: User
    rows: Sequence[SheetRow]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    event: Event
    person: User
    since: date
    shares: Sequence[SuccessorShare]
    work: Sequence[WorkLine]


def hand_over_sheet(viewer: User, *, event_id: int) -> Sheet | None:
    """The sheet of a handover, for the person's team and for whoever took something over, who reads the own part.

    Five queries whatever its size; None where there is none to see.
    """
    event = Event.objects.filter(pk=event_id, kind=AccountsEvent.HANDED_OVER_ALL).select_related("actor").first()
    if event is None:
        return None
    sees_all = viewer.pk == event.subject_id or User.objects.visible_to(viewer).filter(pk=event.subject_id).exists()
    if not sees_all and viewer.pk not in event.data["successors"]:
        return None
    given = _given(event)
    people = User.objects.in_bulk([event.subject_id, *given])
    wanted = [pk for pk in given if sees_all or pk == viewer.pk]
    return Sheet(
        event=event,
        person=people[event.subject_id],
        since=date.fromisoformat(event.data["since"]),
        shares=_shares([people[pk] for pk in wanted], given),
        work=_lines(event.data["work"]),
    )


def _given(event: Event) -> Mapping[int, Mapping[int, list[int]]]:
    """By successor and distributor, the duties."""
    given: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows: Any = Event.objects.filter(
        kind=AccountsEvent.RESPONSIBILITY_HANDED_OVER, at=event.at, data__person_before=event.subject_id
    )
    for distributor, data in rows.order_by("pk").values_list("distributor_id", "data"):
        duties = given[data["person"]][distributor]
        if data["duty"] not in duties:
            duties.append(data["duty"])
    return given


def _shares(successors: Sequence[User], given: Mapping[int, Mapping[int, list[int]]]) -> list[SuccessorShare]:
    wanted = {distributor for person in successors for distributor in given[person.pk]}
    distributors = Distributor.objects.in_bulk(wanted)
    duties = Duty.objects.in_bulk()
    return [
        SuccessorShare(
            successor=person,
            rows=[
                SheetRow(
                    distributor=distributors[distributor],
                    duties=sorted((duties[pk] for pk in given[person.pk][distributor]), key=lambda duty: duty.position),
                )
                for distributor in sorted(given[person.pk], key=lambda pk: distributors[pk].code)
            ],
        )
        for person in sorted(successors, key=str)
    ]
