"""The responsibility radar: distributors by duties on a day, the gaps first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.enums import CellState
from accounts.models import Distributor, Duty, Responsibility, User
from core.enums import Colour
from core.errors import Message
from core.keyset import PAGE, take_slice

SOON = timedelta(days=30)
ORDER = ("-gaps", "code")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One duty of one distributor on the day; without `held` nobody answers."""

    duty: Duty
    state: CellState
    held: Responsibility | None = None

    @property
    def initials(self) -> str:
        return self.held.user.initials if self.held else "—"


@dataclass(frozen=True, kw_only=True)
class Row:
    distributor: Distributor
    cells: Sequence[Cell]

    @property
    def gaps(self) -> int:
        return sum(cell.state in {CellState.GAP, CellState.INACTIVE} for cell in self.cells)


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


@dataclass(frozen=True, kw_only=True)
class RadarSummary:
    """How many duties stand how, over all distributors that the person sees."""

    distributors: int
    duties: int
    gaps: int
    inactive: int
    leaving: int
    ending: int
    without_stand_in: int

    @property
    def pressing(self) -> int:
        return self.gaps + self.inactive

    @property
    def figures(self) -> Sequence[SummaryFigure]:
        """The counts with the colour of what they count; none of it is good."""
        counted = (
            (_("Gaps"), self.gaps, CellState.GAP),
            (_("Person not active"), self.inactive, CellState.INACTIVE),
            (_("Person leaves soon"), self.leaving, CellState.LEAVING),
            (_("End within 30 days"), self.ending, CellState.ENDING),
            (_("Without stand-in"), self.without_stand_in, CellState.NO_STAND_IN),
        )
        return [
            SummaryFigure(label=label, number=number, colour=state.colour if number else CellState.OK.colour)
            for label, number, state in counted
        ]


def radar_distributors(user: User, *, on: date) -> "QuerySet[Distributor]":
    """The ordering distributors that the person sees, each with its number of `gaps` on the day."""
    filled = (
        Responsibility.objects.on(on)
        .filter(distributor=OuterRef("pk"), duty__is_active=True, user__is_active=True)
        .order_by()
        .values("distributor")
        .annotate(number=Count("pk"))
        .values("number")
    )
    active: Any = Duty.objects.filter(is_active=True).order_by().values("is_active").annotate(number=Count("pk"))
    found: QuerySet[Distributor] = (
        Distributor.objects.visible_to(user)
        .ordering()
        .annotate(
            gaps=Coalesce(Subquery(active.values("number"), output_field=IntegerField()), Value(0))
            - Coalesce(Subquery(filled, output_field=IntegerField()), Value(0))
        )
    )
    return found


def responsibility_matrix(rows: "QuerySet[Distributor]", *, on: date, cursor: str = "", limit: int = PAGE) -> Matrix:
    """One page of the matrix over (filtered) `radar_distributors`. Three queries, whatever the size."""
    duties = list(Duty.objects.filter(is_active=True))
    page = take_slice(rows, order=ORDER, cursor=cursor, limit=limit)
    held = _held([distributor.pk for distributor in page.rows], on)
    return Matrix(
        duties=duties,
        rows=[
            Row(
                distributor=distributor,
                cells=[cell_of(duty, held.get((distributor.pk, duty.pk)), on=on) for duty in duties],
            )
            for distributor in page.rows
        ],
        following=page.following,
        on=on,
    )


def _held(ids: Sequence[int], on: date) -> Mapping[tuple[int, int], Responsibility]:
    rows = Responsibility.objects.on(on).filter(distributor_id__in=ids).select_related("user", "stand_in")
    return {(row.distributor_id, row.duty_id): row for row in rows}


def cell_of(duty: Duty, held: Responsibility | None, *, on: date) -> Cell:
    """The worst thing that is true of a duty on the day."""
    return Cell(duty=duty, held=held, state=_state(held, on))


def _state(held: Responsibility | None, on: date) -> CellState:
    if held is None:
        return CellState.GAP
    return _worst(
        on,
        active=held.user.is_active,
        leaves_on=held.user.leaves_on,
        ends_on=held.ends_on,
        stand_in=bool(held.stand_in and held.stand_in.is_active),
    )


def _worst(on: date, *, active: bool, leaves_on: date | None, ends_on: date | None, stand_in: bool | None) -> CellState:
    if not active or (leaves_on is not None and leaves_on < on):
        return CellState.INACTIVE
    if leaves_on is not None and leaves_on <= on + SOON:
        return CellState.LEAVING
    if ends_on is not None and ends_on <= on + SOON:
        return CellState.ENDING
    return CellState.OK if stand_in else CellState.NO_STAND_IN


def radar_summary(user: User, *, on: date) -> RadarSummary:
    """The counts over everything the person sees. Three queries."""
    duties = Duty.objects.filter(is_active=True).count()
    distributors = Distributor.objects.visible_to(user).ordering().count()
    held = Responsibility.objects.on(on).filter(
        distributor__in=Distributor.objects.visible_to(user).ordering().values("pk"), duty__is_active=True
    )
    found: dict[str, int] = dict.fromkeys(CellState.values, 0)
    columns = held.values_list("user__is_active", "user__leaves_on", "ends_on", "stand_in__is_active")
    for active, leaves_on, ends_on, stand_in, number in columns.annotate(number=Count("pk")).order_by():
        found[_worst(on, active=active, leaves_on=leaves_on, ends_on=ends_on, stand_in=stand_in)] += number
    return RadarSummary(
        distributors=distributors,
        duties=duties,
        gaps=distributors * duties - sum(found.values()),
        inactive=found[CellState.INACTIVE],
        leaving=found[CellState.LEAVING],
        ending=found[CellState.ENDING],
        without_stand_in=found[CellState.NO_STAND_IN],
    )


def duty_cells(distributor_id: int, *, on: date) -> list[Cell]:
    """Every duty of one distributor with who answers for it. Two queries. The caller has checked that it is seen."""
    held = _held([distributor_id], on)
    duties = Duty.objects.filter(is_active=True)
    return [cell_of(duty, held.get((distributor_id, duty.pk)), on=on) for duty in duties]
