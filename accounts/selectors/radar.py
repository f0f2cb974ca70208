"""The responsibility radar: distributors by duties on a day, the gaps first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.db import connection
from django.db.models import BooleanField, Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import CellState
from accounts.expressions import accountable_sql, date_literal
from accounts.models import Distributor, Duty, Responsibility, User
from accounts.permissions import sees_channel
from accounts.querysets import DistributorQuerySet
from core.actors import Actor
from core.enums import Colour
from core.errors import Message
from core.keyset import PAGE, take_slice

T = TypeVar("T")

SOON = timedelta(days=30)
KEPT_SECONDS = 60
MOST_KNOWN = 2000
ORDER = ("-gaps", "code")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One duty of one distributor on the day: who was given it, and who acts for it."""

    duty: Duty
    state: CellState
    responsibility: Responsibility | None = None
    accountable: User | None = None

    @property
    def deputy(self) -> User | None:
        """Who acts instead of the person the duty was given to."""
        return (
            self.accountable
            if self.responsibility and self.accountable and self.accountable.pk != self.responsibility.user_id
            else None
        )

    @property
    def person(self) -> User | None:
        """Who acts, or who should if no one does."""
        return self.accountable or (self.responsibility.user if self.responsibility else None)

    @property
    def initials(self) -> str:
        return self.person.initials if self.person else "—"


@dataclass(frozen=True, kw_only=True)
class Row:
    distributor: Distributor
    cells: Sequence[Cell]

    @property
    def gaps(self) -> int:
        return sum(cell.state == CellState.GAP for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Matrix:
    duties: Sequence[Duty]
    rows: Sequence[Row]
    following: str
    on: date


@dataclass(frozen=True, kw_only=True)
class SummaryFigure:
    label: Message
    number: int
    colour: Colour
    state: CellState

    @property
    def url(self) -> str:
        """The radar of the distributors where this is counted."""
        return reverse("accounts:radar", query={"state": self.state.value})


@dataclass(frozen=True, kw_only=True)
class RadarSummary:
    """How many duties are in each state, over all distributors that the person sees."""

    distributors: int
    duties: int
    gaps: int
    inactive: int
    away: int
    leaving: int
    ending: int
    without_stand_in: int

    @property
    def figures(self) -> Sequence[SummaryFigure]:
        """The counts with the colour of what they count; none of it is good."""
        counted = (
            (_("Gaps"), self.gaps, CellState.GAP),
            (_("Person not active"), self.inactive, CellState.INACTIVE),
            (_("Person away"), self.away, CellState.AWAY),
            (_("Person leaves soon"), self.leaving, CellState.LEAVING),
            (_("End within 30 days"), self.ending, CellState.ENDING),
            (_("Without stand-in"), self.without_stand_in, CellState.NO_STAND_IN),
        )
        return [
            SummaryFigure(
                label=label, number=number, colour=state.colour if number else CellState.OK.colour, state=state
            )
            for label, number, state in counted
        ]


def radar_distributors(actor: Actor, *, on: date) -> "QuerySet[Distributor]":
    """The ordering distributors that the person sees, each with its number of `gaps` on the day."""
    rows: DistributorQuerySet = Distributor.objects.visible_to(actor).ordering()
    known = gap_counts(actor, on=on) if sees_channel(actor) else None
    if known is None or len(known) > MOST_KNOWN:
        counted: QuerySet[Distributor] = rows.with_gaps(on)
        return counted
    by_number: dict[int, list[int]] = {}
    for pk, number in known.items():
        by_number.setdefault(number, []).append(pk)
    whens = [When(pk__in=ids, then=Value(number)) for number, ids in sorted(by_number.items())]
    return rows.annotate(gaps=Case(*whens, default=Value(0), output_field=IntegerField()))


def gap_counts(actor: Actor, *, on: date) -> Mapping[int, int]:
    """The ordering distributors with gaps on the day and how many, most first. One query, two for who sees the channel."""

    def count() -> dict[int, int]:
        rows = Distributor.objects.visible_to(actor).work_of(actor).ordering().with_gaps(on).filter(gaps__gt=0)
        return dict(rows.order_by("-gaps", "code").values_list("pk", "gaps"))

    return _kept(actor, f"gaps:{on}", count)


def _kept(actor: Actor, name: str, work: Callable[[], T]) -> T:
    """What is counted over the whole channel is counted again when somebody or something of it has changed.

    At the latest after a minute: what a bulk load wrote without its history is not seen before.
    """
    if not sees_channel(actor):
        return work()
    return cast("T", cache.get_or_set(f"radar:{name}:{_version_of_channel()}", work, KEPT_SECONDS))


_VERSION = """
SELECT (SELECT max(pgh_id) FROM accounts_responsibilityevent),
       (SELECT max(pgh_id) FROM accounts_absenceevent),
       (SELECT max(pgh_id) FROM accounts_distributorevent),
       (SELECT string_agg(id::text, ',' ORDER BY id) FROM accounts_duty WHERE is_active),
       (SELECT sum(hashtext(concat_ws('|', person.id, person.is_active, person.leaves_on, person.supervisor_id)))
        FROM accounts_user AS person
        WHERE EXISTS (
            SELECT FROM accounts_membership AS place WHERE place.person_id = person.id AND place.distributor_id IS NULL
        ))
"""


def _version_of_channel() -> str:
    """Changes with every responsibility, absence, distributor, duty and person of the brand owner. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return ":".join(str(part) for part in cursor.fetchone())


def responsibility_matrix(rows: "QuerySet[Distributor]", *, on: date, cursor: str = "", limit: int = PAGE) -> Matrix:
    """One page of the matrix over (filtered) `radar_distributors`. At most four queries, whatever the size."""
    duties = list(Duty.objects.filter(is_active=True))
    page = take_slice(rows, order=ORDER, cursor=cursor, limit=limit)
    cells = _cells([distributor.pk for distributor in page.rows], duties, on)
    return Matrix(
        duties=duties,
        rows=[
            Row(distributor=distributor, cells=[cells[distributor.pk, duty.pk] for duty in duties])
            for distributor in page.rows
        ],
        following=page.following,
        on=on,
    )


def _cells(ids: Sequence[int], duties: Sequence[Duty], on: date) -> Mapping[tuple[int, int], Cell]:
    """By distributor and duty. One query, and one more where a supervisor or the stand-in of an absence acts."""
    rows = Responsibility.objects.on(on).filter(distributor_id__in=ids).select_related("user", "stand_in")
    responsibilities = {(row.distributor_id, row.duty_id): row for row in rows.with_accountable(on)}
    people = {person.pk: person for row in responsibilities.values() for person in (row.user, row.stand_in) if person}
    missing = {row.accountable_id for row in responsibilities.values() if row.accountable_id} - people.keys()
    people |= User.objects.in_bulk(missing) if missing else {}
    return {
        (distributor, duty.pk): _cell(duty, responsibilities.get((distributor, duty.pk)), people, on)
        for distributor in ids
        for duty in duties
    }


def _cell(duty: Duty, responsibility: Any, people: Mapping[int, User], on: date) -> Cell:
    """The worst thing that is true of a duty on the day."""
    if responsibility is None:
        return Cell(duty=duty, state=CellState.GAP)
    state = _state(
        on,
        nobody=responsibility.accountable_id is None,
        away=responsibility.accountable_id != responsibility.user_id,
        active=responsibility.user.is_active,
        leaves_on=responsibility.user.leaves_on,
        ends_on=responsibility.ends_on,
        stand_in=bool(responsibility.stand_in and responsibility.stand_in.is_active),
    )
    return Cell(
        duty=duty, responsibility=responsibility, accountable=people.get(responsibility.accountable_id), state=state
    )


def _state(
    on: date,
    *,
    nobody: bool,
    away: bool,
    active: bool,
    leaves_on: date | None,
    ends_on: date | None,
    stand_in: bool | None,
) -> CellState:
    if nobody:
        return CellState.GAP
    if not active or (leaves_on is not None and leaves_on < on):
        return CellState.INACTIVE
    if away:
        return CellState.AWAY
    if leaves_on is not None and leaves_on <= on + SOON:
        return CellState.LEAVING
    if ends_on is not None and ends_on <= on + SOON:
        return CellState.ENDING
    return CellState.OK if stand_in else CellState.NO_STAND_IN


def radar_summary(actor: Actor, *, on: date) -> RadarSummary:
    """The counts over everything the person sees. Three queries, one for who sees the channel while nothing changed."""
    return _kept(actor, f"summary:{on}", lambda: _summary(actor, on))


def _summary(actor: Actor, on: date) -> RadarSummary:
    duties = Duty.objects.filter(is_active=True).count()
    distributors = Distributor.objects.visible_to(actor).ordering().count()
    responsibilities = Responsibility.objects.on(on).filter(
        distributor__in=Distributor.objects.visible_to(actor).ordering().values("pk"), duty__is_active=True
    )
    found: dict[str, int] = dict.fromkeys(CellState.values, 0)
    columns: QuerySet[Any] = _with_accountable(responsibilities, on)
    groups = columns.values_list(
        "nobody", "away", "user__is_active", "user__leaves_on", "ends_on", "stand_in__is_active"
    ).annotate(number=Count("pk"))
    for nobody, away, active, leaves_on, ends_on, stand_in, number in groups.order_by():
        state = _state(
            on, nobody=nobody, away=away, active=active, leaves_on=leaves_on, ends_on=ends_on, stand_in=stand_in
        )
        found[state] += number
    return RadarSummary(
        distributors=distributors,
        duties=duties,
        gaps=distributors * duties - sum(found.values()) + found[CellState.GAP],
        inactive=found[CellState.INACTIVE],
        away=found[CellState.AWAY],
        leaving=found[CellState.LEAVING],
        ending=found[CellState.ENDING],
        without_stand_in=found[CellState.NO_STAND_IN],
    )


def _with_accountable(responsibilities: "QuerySet[Responsibility]", on: date) -> "QuerySet[Responsibility]":
    return responsibilities.annotate(
        nobody=_among("person_id IS NULL", on), away=_among("person_id <> responsible_id", on)
    )


def distributors_in_state(rows: "QuerySet[Any]", state: CellState, *, on: date) -> "QuerySet[Distributor]":
    """Those of `radar_distributors` with a duty in this state on the day; states as `_state` tells them."""
    if state == CellState.GAP:
        return rows.filter(gaps__gt=0)
    soon = on + SOON
    worse_first = (
        (CellState.GAP, Q(nobody=True)),
        (CellState.INACTIVE, Q(user__is_active=False) | Q(user__leaves_on__lt=on)),
        (CellState.AWAY, Q(away=True)),
        (CellState.LEAVING, Q(user__leaves_on__lte=soon)),
        (CellState.ENDING, Q(ends_on__lte=soon)),
        (CellState.NO_STAND_IN, Q(stand_in=None) | Q(stand_in__is_active=False)),
    )
    wanted = Q()
    for worse, condition in worse_first:
        if worse == state:
            wanted &= condition
            break
        wanted &= ~condition
    found = _with_accountable(Responsibility.objects.on(on).filter(duty__is_active=True), on).filter(wanted)
    return rows.filter(pk__in=found.order_by().values("distributor"))


def _among(condition: str, on: date) -> Case:
    """Whether a responsibility is among those for which that is true of who acts; read once for all of them."""
    accountable = accountable_sql(date_literal(on))
    ids = RawSQL(f"SELECT responsibility_id FROM ({accountable}) AS accountable WHERE {condition}", [])  # noqa: S608, S611 - constants
    return Case(When(pk__in=ids, then=Value(True)), default=Value(False), output_field=BooleanField())


def duty_cells(distributor_id: int, *, on: date) -> list[Cell]:
    """Every duty of one distributor with who acts for it. At most three queries. The caller has checked that it is seen."""
    duties = list(Duty.objects.filter(is_active=True))
    cells = _cells([distributor_id], duties, on)
    return [cells[distributor_id, duty.pk] for duty in duties]


@dataclass(frozen=True, kw_only=True)
class AccountablePerson:
    """One line of a distributor's page: who was given which duties in the same state, and who acts instead."""

    person: User | None
    deputy: User | None
    stand_in: User | None
    state: CellState
    duties: Sequence[Duty]


def by_person(cells: Sequence[Cell]) -> list[AccountablePerson]:
    """Cells of one distributor put together by person and state, those that press first."""
    groups: dict[tuple[Any, ...], list[Cell]] = {}
    for cell in cells:
        given = cell.responsibility
        key = (given.user_id if given else None, given.stand_in_id if given else None, cell.state)
        groups.setdefault(key, []).append(cell)
    order = list(CellState)
    lines = [
        AccountablePerson(
            person=first.responsibility.user if first.responsibility else None,
            deputy=first.deputy,
            stand_in=first.responsibility.stand_in if first.responsibility else None,
            state=first.state,
            duties=[cell.duty for cell in group],
        )
        for first, group in ((group[0], group) for group in groups.values())
    ]
    return sorted(lines, key=lambda line: order.index(line.state))
