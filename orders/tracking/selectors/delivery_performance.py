"""On time in full, fill rate and perfect orders of the orders that were due in a period.

Measured are orders that are actual sales and were promised for a day of the period. After SCOR (ASCM):

- **on time**: all that left of a line arrived by its day: RL.2.2, delivery to the committed day. The day is what the
  order was promised for first, or what was wanted (of the line, else of the order, else the promised one).
- **in full**: as many pieces arrived as were ordered and not cancelled: RL.2.1. Until it is received, what was shipped
  counts as what arrived.
- **on time in full** of lines: lines that are both ÷ lines; of orders: orders all of whose lines are both ÷ orders.
- **fill rate**: pieces that left with the first shipment of their warehouse ÷ pieces ordered.
- **perfect order** (RL.1.1): on time in full, received without a difference (RL.2.4), and not changed by the seller
  since it was placed: no line changed, no rest cancelled, no day or reservation moved.

By promise and by line it is the evaluation's `on_time_in_full`. An order counts for its warehouse and for the carrier of
its last shipment. The first broken step of a miss is the first one, from the order to the receipt, that was done after
the last day that left time for the rest: the day less the lead days of the supply route; lead days that are working days
are stretched by the weekdays of its calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import Distributor
from core.periods import add_months, month_start
from inventory.models import Warehouse
from orders.fulfilment.models import Carrier
from orders.ordering.enums import COUNTED_STATUSES, OrderStatus
from orders.ordering.models import Order
from orders.tracking.enums import BrokenStep, DeliveryBasis, DeliveryGroup, DeliveryResult
from orders.tracking.selectors.delivery_sql import BY_PROMISE, BY_WISH, LINES

LONGEST_DAYS = 400
_ORDERS = {DeliveryBasis.PROMISED: BY_PROMISE, DeliveryBasis.WANTED: BY_WISH}
_SUMS = """count(*) AS orders, count(*) FILTER (WHERE is_on_time) AS on_time, count(*) FILTER (WHERE is_in_full) AS in_full,
    count(*) FILTER (WHERE is_kept) AS kept, count(*) FILTER (WHERE is_perfect) AS perfect,
    COALESCE(sum(lines), 0)::bigint AS lines, COALESCE(sum(lines_on_time), 0)::bigint AS lines_on_time,
    COALESCE(sum(lines_in_full), 0)::bigint AS lines_in_full, COALESCE(sum(lines_kept), 0)::bigint AS lines_kept,
    COALESCE(sum(pieces), 0)::bigint AS pieces, COALESCE(sum(filled), 0)::bigint AS filled"""
_KEYS = {
    DeliveryGroup.DISTRIBUTOR: "distributor_id",
    DeliveryGroup.WAREHOUSE: "warehouse_id",
    DeliveryGroup.CARRIER: "carrier_id",
    DeliveryGroup.MONTH: "month",
    DeliveryGroup.STEP: "step",
}
_NAMED: dict[str, Any] = {
    DeliveryGroup.DISTRIBUTOR: Distributor,
    DeliveryGroup.WAREHOUSE: Warehouse,
    DeliveryGroup.CARRIER: Carrier,
}
_RESULTS = {
    DeliveryResult.PERFECT: "is_perfect",
    DeliveryResult.KEPT: "is_kept",
    DeliveryResult.MISSED: "NOT is_kept",
}


@dataclass(frozen=True, kw_only=True)
class DeliveryFigures:
    """Counts of orders, of their lines and of their pieces; the shares are None where nothing was due."""

    orders: int = 0
    on_time: int = 0
    in_full: int = 0
    kept: int = 0
    perfect: int = 0
    lines: int = 0
    lines_on_time: int = 0
    lines_in_full: int = 0
    lines_kept: int = 0
    pieces: int = 0
    filled: int = 0

    @property
    def share(self) -> Decimal | None:
        """Orders on time in full."""
        return share_of(self.kept, self.orders)

    @property
    def line_share(self) -> Decimal | None:
        return share_of(self.lines_kept, self.lines)

    @property
    def fill_rate(self) -> Decimal | None:
        return share_of(self.filled, self.pieces)

    @property
    def perfect_share(self) -> Decimal | None:
        return share_of(self.perfect, self.orders)

    @property
    def missed(self) -> int:
        return self.orders - self.kept


def share_of(count: int, whole: int) -> Decimal | None:
    return Decimal(count) / whole if whole else None


_COUNTS = tuple(field.name for field in fields(DeliveryFigures))


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """The figures of one distributor, warehouse, carrier, month or step; `code` filters by it, empty where none is named."""

    code: str
    label: str
    figures: DeliveryFigures


@dataclass(frozen=True, kw_only=True)
class MeasuredOrder:
    """How one order was delivered."""

    order_id: int
    carrier_id: int | None
    lines: int
    lines_kept: int
    pieces: int
    filled: int
    target_on: date
    arrived_on: date | None
    left_on: date | None
    is_on_time: bool
    is_in_full: bool
    is_kept: bool
    is_perfect: bool
    step: str

    @property
    def result(self) -> DeliveryResult:
        if not self.is_kept:
            return DeliveryResult.MISSED
        return DeliveryResult.PERFECT if self.is_perfect else DeliveryResult.KEPT

    @property
    def broken_step(self) -> BrokenStep | None:
        return BrokenStep(self.step) if self.step else None


_MEASURED = tuple(field.name for field in fields(MeasuredOrder))


@dataclass(frozen=True, kw_only=True)
class MeasuredLine:
    """How one order line was delivered."""

    line_id: int
    pieces: int
    filled_pieces: int
    arrived: int
    promised_on: date
    wanted_on: date
    left_on: date | None
    arrived_on: date | None
    by_promise: bool
    by_wish: bool
    in_full: bool


_LINE = tuple(field.name for field in fields(MeasuredLine))


def due_orders(rows: QuerySet[Order], *, since: date, until: date) -> QuerySet[Order]:
    """Of some orders those that were promised for a day of the period: an index finds them."""
    return rows.filter(status__in=sorted(COUNTED_STATUSES), promised_on__gte=since, promised_on__lte=until)


def due_days(*, since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """A period of at most `LONGEST_DAYS` that ends before today; without any days the present month and two before."""
    last = min(until or today, today - timedelta(days=1))
    first = since or add_months(month_start(last), -2)
    return max(first, last - timedelta(days=LONGEST_DAYS)), last


def read_figures(rows: QuerySet[Order], *, basis: DeliveryBasis) -> DeliveryFigures:
    """Of all these orders together. One statement."""
    found = _select(rows, basis, f"SELECT {_SUMS} FROM measured")  # noqa: S608 - constants, the values are bound
    return DeliveryFigures(**dict(zip(_COUNTS, found[0], strict=True))) if found else DeliveryFigures()


def read_groups(rows: QuerySet[Order], *, basis: DeliveryBasis, group: DeliveryGroup) -> list[GroupRow]:
    """By distributor, warehouse, carrier or step, the most misses first; by month in their order. Two statements."""
    return read_summary(rows, basis=basis, groups=[group])[1][group]


Summary = tuple[DeliveryFigures, dict[DeliveryGroup, list[GroupRow]]]


def read_summary(rows: QuerySet[Order], *, basis: DeliveryBasis, groups: Sequence[DeliveryGroup]) -> Summary:
    """All these orders together and by each of `groups`, measured once. One statement, and one for the names of a group."""
    chosen = list(dict.fromkeys(groups))
    keys = ", ".join(_KEYS[group] for group in chosen)
    sets = ", ".join(f"({_KEYS[group]})" for group in chosen)
    select = f"SELECT GROUPING({keys}), {keys}, {_SUMS} FROM measured GROUP BY GROUPING SETS ((), {sets})"  # noqa: S608 - constants
    found = _select(rows, basis, select)
    together, by_group = DeliveryFigures(), {group: list[tuple[Any, DeliveryFigures]]() for group in chosen}
    place = {2 ** len(chosen) - 1 - 2**bit: group for bit, group in enumerate(reversed(chosen))}
    for which, *row in found:
        figures = DeliveryFigures(**dict(zip(_COUNTS, row[len(chosen) :], strict=True)))
        if which in place:
            by_group[place[which]].append((row[chosen.index(place[which])], figures))
        else:
            together = figures
    return together, {group: _named_rows(group, found) for group, found in by_group.items()}


def _named_rows(group: DeliveryGroup, found: Sequence[tuple[Any, DeliveryFigures]]) -> list[GroupRow]:
    """The most misses first, months in their order; orders on which no step broke are under no step."""
    kept = [row for row in found if group != DeliveryGroup.STEP or row[0]]
    misses = {key: (-figures.missed, -figures.orders, key is None) for key, figures in kept}
    kept.sort(key=lambda row: row[0] if group == DeliveryGroup.MONTH else (*misses[row[0]], row[0]))
    names = _names(group, [key for key, _figures in kept])
    return [GroupRow(code=names[key][0], label=names[key][1], figures=figures) for key, figures in kept]


def read_measured(rows: QuerySet[Order], *, basis: DeliveryBasis) -> dict[int, MeasuredOrder]:
    """Each of these orders, by id. One statement."""
    found = _select(rows, basis, f"SELECT {', '.join(_MEASURED)} FROM measured")  # noqa: S608 - constants, the values are bound
    return {row[0]: MeasuredOrder(**dict(zip(_MEASURED, row, strict=True))) for row in found}


def read_measured_lines(rows: QuerySet[Order]) -> dict[int, MeasuredLine]:
    """Each line of these orders, by id. One statement."""
    found = _run(rows, LINES, f"SELECT {', '.join(_LINE)} FROM delivered")  # noqa: S608 - constants, the values are bound
    return {row[0]: MeasuredLine(**dict(zip(_LINE, row, strict=True))) for row in found}


def with_result(rows: QuerySet[Order], *, basis: DeliveryBasis, result: DeliveryResult) -> QuerySet[Order]:
    """Of these orders those with this result; what is perfect is on time in full, too."""
    return _where(rows, basis, _RESULTS[result])


def with_step(rows: QuerySet[Order], *, basis: DeliveryBasis, steps: Sequence[BrokenStep]) -> QuerySet[Order]:
    """Of these orders those whose first broken step is one of these."""
    names = ", ".join(f"'{BrokenStep(step).value}'" for step in steps)
    return _where(rows, basis, f"step IN ({names})")


def _names(group: DeliveryGroup, keys: Sequence[Any]) -> dict[Any, tuple[str, str]]:
    """Code and label of each key."""
    if group == DeliveryGroup.MONTH:
        return {key: (f"{key:%Y-%m}", f"{key:%Y-%m}") for key in keys}
    if group == DeliveryGroup.STEP:
        return {key: (key, str(BrokenStep(key).label)) for key in keys}
    named = _NAMED[group].objects.in_bulk([key for key in keys if key is not None])
    return {None: ("", "–"), **{key: (row.code, row.display_name) for key, row in named.items()}}


def _where(rows: QuerySet[Order], basis: DeliveryBasis, condition: str) -> QuerySet[Order]:
    try:
        due, values = _due(rows)
    except EmptyResultSet:
        return rows.none()
    relations = f"WITH due AS MATERIALIZED ({due}), {LINES}, {_ORDERS[basis]}"
    text = f"({relations} SELECT order_id FROM measured WHERE {condition})"  # noqa: S608 - constants, the values are bound
    return rows.filter(pk__in=RawSQL(text, values))  # noqa: S611 - constants, the values are bound


def _select(rows: QuerySet[Order], basis: DeliveryBasis, select: str) -> list[tuple[Any, ...]]:
    return _run(rows, f"{LINES}, {_ORDERS[basis]}", select)


def _run(rows: QuerySet[Order], relations: str, select: str) -> list[tuple[Any, ...]]:
    try:
        due, values = _due(rows)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"WITH due AS MATERIALIZED ({due}), {relations} {select}", values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _due(rows: QuerySet[Order]) -> tuple[str, Sequence[Any]]:
    """SQL of the orders with what is measured of their heads, and its values."""
    arrived = Coalesce(
        "delivered_at",
        "received_at",
        Case(When(status__in=[OrderStatus.DELIVERED, OrderStatus.RECEIVED], then="shipped_at")),
    )
    heads = rows.order_by().values(
        "id", "distributor_id", "warehouse_id", "status", "promised_on", "wanted_on", "ordered_at", "ordered_on",
        zone=Value(settings.TIME_ZONE, output_field=CharField()),
        approved_on=TruncDate("approved_at"),
        shipped_on=TruncDate("shipped_at"),
        arrived_on=TruncDate(arrived),
    )  # fmt: skip
    return heads.query.sql_with_params()
