"""The responsibility radar: distributors by duties on a day, the gaps first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.enums import CellState
from accounts.models import Distributor, Duty
from accounts.permissions import sees_channel
from accounts.querysets import DistributorQuerySet
from accounts.selectors.channel_cache import kept
from accounts.selectors.radar_cells import Cell, cells_of
from core.actors import Actor
from core.keyset import PAGE, take_slice

MOST_KNOWN = 2000
ORDER = ("-gaps", "code")


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

    return kept(actor, f"gaps:{on}", count)


def responsibility_matrix(rows: "QuerySet[Distributor]", *, on: date, cursor: str = "", limit: int = PAGE) -> Matrix:
    """One page of the matrix over (filtered) `radar_distributors`. At most four queries, whatever the size."""
    duties = list(Duty.objects.filter(is_active=True))
    page = take_slice(rows, order=ORDER, cursor=cursor, limit=limit)
    cells = cells_of([distributor.pk for distributor in page.rows], duties, on)
    return Matrix(
        duties=duties,
        rows=[
            Row(distributor=distributor, cells=[cells[distributor.pk, duty.pk] for duty in duties])
            for distributor in page.rows
        ],
        following=page.following,
        on=on,
    )
