"""The responsibility radar: distributors by duties on a day, the gaps first."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from accounts.enums import CellState
from accounts.models import Distributor, Duty
from accounts.querysets import DistributorQuerySet
from accounts.selectors.radar_cells import Cell, cells_of
from core.actors import Actor
from core.keyset import PAGE, take_slice
from responsibility.selectors.radar_counts import day_counts

ORDER = ("-gaps", "code")


class CellLink(NamedTuple):
    """What the matrix shows of a cell; texts that many cells have in common are made once."""

    url: str
    duty: str
    colour: str
    sign: str
    initials: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Row:
    distributor: Distributor
    cells: Sequence[Cell]
    links: Sequence[CellLink]

    @property
    def gaps(self) -> int:
        return sum(cell.state == CellState.GAP for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Matrix:
    duties: Sequence[Duty]
    rows: Sequence[Row]
    following: str
    on: date


def radar_distributors(actor: Actor, *, on: date) -> "QuerySet[Distributor]":
    """The ordering distributors that the person sees, each with its number of `gaps` on the day."""
    rows: DistributorQuerySet = Distributor.objects.visible_to(actor).ordering()
    return with_counted_gaps(rows, day_counts(actor, on=on).gaps)


def with_counted_gaps(rows: DistributorQuerySet, gaps: Mapping[int, int]) -> "QuerySet[Distributor]":
    """Each with its number out of `gaps`, which the database looks up in one constant of the statement."""
    number = Func(
        Value(json.dumps(gaps)), Cast(F("pk"), TextField()),
        arg_joiner="::jsonb -> ", template="(%(expressions)s)::int", output_field=IntegerField(),
    )  # fmt: skip
    counted: QuerySet[Distributor] = rows.annotate(gaps=Coalesce(number, Value(0)))
    return counted


def gap_counts(actor: Actor, *, on: date) -> Mapping[int, int]:
    """The ordering distributors with gaps on the day and how many, most first: those that are the person's work."""
    return day_counts(actor, on=on, only_work=True).gaps


def responsibility_matrix(rows: "QuerySet[Distributor]", *, on: date, cursor: str = "", limit: int = PAGE) -> Matrix:
    """One page of the matrix over (filtered) `radar_distributors`. Four queries, whatever the size."""
    duties = list(Duty.objects.filter(is_active=True))
    page = take_slice(rows, order=ORDER, cursor=cursor, limit=limit)
    cells = cells_of([distributor.pk for distributor in page.rows], duties, on)
    link = _links(duties)
    found = [(distributor, [cells[distributor.pk, duty.pk] for duty in duties]) for distributor in page.rows]
    return Matrix(
        duties=duties,
        rows=[Row(distributor=distributor, cells=mine, links=link(distributor, mine)) for distributor, mine in found],
        following=page.following,
        on=on,
    )


def _links(duties: Sequence[Duty]) -> Callable[[Distributor, Sequence[Cell]], list[CellLink]]:
    names = {duty.pk: (duty.display_name, f"{quote(duty.code)}/") for duty in duties}
    states = {state: (state.colour.value, state.sign) for state in CellState}
    texts: dict[tuple[int | None, CellState], tuple[str, str]] = {}

    def links(distributor: Distributor, cells: Sequence[Cell]) -> list[CellLink]:
        start = reverse("responsibility:duty-of", args=[distributor.code, "-"]).removesuffix("-/")
        found = []
        for cell in cells:
            key = (cell.person.pk if cell.person else None, cell.state)
            if key not in texts:
                texts[key] = (cell.initials, cell.words)
            name, end = names[cell.duty.pk]
            found.append(CellLink(start + end, name, *states[cell.state], *texts[key]))
        return found

    return links
