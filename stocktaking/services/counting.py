"""Counting: what was found of products, compared with what lay there at that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from core.permissions import require
from inventory.models import Stock
from inventory.rules import MOST_PIECES
from inventory.selectors.countable import stock_when
from stocktaking.enums import CountStatus, DifferenceReason, StocktakingEvent
from stocktaking.models import StockCount, StockCountLine
from stocktaking.permissions import can_count
from stocktaking.services.count_sql import RECORD
from stocktaking.services.counts import lock_count, record


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was found of a product, in pieces.

    `is_more` adds to what was counted of it before. `seen` is how often the row had been counted when whoever counts looked
    at it: where somebody else was quicker, that is said. `at` is when it was counted, where that was earlier than now.
    """

    product_id: int
    pieces: int
    reason: str = ""
    is_more: bool = False
    seen: int | None = None
    at: datetime | None = None


def record_counts(*, count_id: int, rows: Sequence[Counted], actor: Actor, now: datetime) -> StockCount:
    """Write what was counted; all rows or none. The expected quantity is the stock at the moment of the count.

    What moves later changes no difference, for the difference is posted as it was then. Products that are not on the list
    are added. In a second count only rows that were asked for are taken. A fixed number of statements. Raises NotVisible,
    NotAllowed, Conflict (not being counted, or with a problem a row at `rows.<index>`), InvalidInput at
    `rows.<index>.<field>`.
    """
    require(can_count(actor))
    _check(rows, now)
    with explained(), transaction.atomic():
        count = lock_count(count_id, actor)
        if not count.is_open:
            message = _("The status is now “%(state)s”, so nothing can be counted any more.")
            raise Conflict(message % {"state": CountStatus(count.status).label}, code="wrong_state")
        known = {line.product_id: line for line in count.lines.filter(product__in=[row.product_id for row in rows])}
        expected = _expected(count, rows, now)
        _refuse(count, rows, known, expected)
        _write(count, rows, known, expected, actor, now)
        record(count, StocktakingEvent.COUNT_RECORDED, actor, now, rows=len(rows))
    count.refresh_from_db()
    return count


def count_as_none(count: StockCount, product_ids: Sequence[int], *, actor: Actor, now: datetime) -> None:
    """Nothing was found of these products. Before: the count is locked."""
    rows = [Counted(product_id=pk, pieces=0) for pk in product_ids]
    _write(count, rows, {}, _expected(count, rows, now), actor, now)


def _check(rows: Sequence[Counted], now: datetime) -> None:
    problems = []
    if not rows:
        problems.append(Problem(message=_("Enter at least one product."), code="required", field="rows"))
    given: set[int] = set()
    for index, row in enumerate(rows):
        if not 0 <= row.pieces <= MOST_PIECES:
            message = _("Enter a quantity between 0 and %(most)d.") % {"most": MOST_PIECES}
            problems.append(Problem(message=message, code="out_of_range", field=f"rows.{index}.pieces"))
        if row.reason and row.reason not in DifferenceReason.values:
            problems.append(Problem(message=_("Select a reason."), code="unknown", field=f"rows.{index}.reason"))
        if row.at is not None and row.at > now:
            problems.append(
                Problem(message=_("This moment is still to come."), code="future", field=f"rows.{index}.at")
            )
        if row.product_id in given:
            problems.append(Problem(message=_("This product is there twice."), code="twice", field=f"rows.{index}"))
        given.add(row.product_id)
    if problems:
        raise InvalidInput(problems=problems)


def _expected(count: StockCount, rows: Sequence[Counted], now: datetime) -> dict[int, int]:
    """What lay there of each product when it was counted. Locks the stock: a move that is under way is waited for."""
    products = [row.product_id for row in rows]
    stock = Stock.objects.filter(warehouse_id=count.warehouse_id, product__in=products)
    list(stock.select_for_update().order_by("product_id").values_list("pk", flat=True))
    moments = [row.at or now for row in rows]
    return stock_when(warehouse_id=count.warehouse_id, product_ids=products, moments=moments)


def _refuse(
    count: StockCount, rows: Sequence[Counted], known: Mapping[int, StockCountLine], expected: Mapping[int, int]
) -> None:
    problems = [
        problem
        for index, row in enumerate(rows)
        if (problem := _problem(count, row, known.get(row.product_id), expected[row.product_id], f"rows.{index}"))
    ]
    if problems:
        raise Conflict(problems=problems)


def _problem(count: StockCount, row: Counted, line: StockCountLine | None, expected: int, field: str) -> Problem | None:
    if count.status == CountStatus.RECOUNTING and (line is None or not line.needs_recount):
        message = _("This row is right already: no second count is asked for.")
        return Problem(message=message, code="not_asked", field=field)
    if row.at is not None and row.at < count.opened_at:
        opened = date_format(timezone.localtime(count.opened_at), "Y-m-d H:i")
        message = _("It was counted before this count was opened, at %(at)s.") % {"at": opened}
        return Problem(message=message, code="too_early", field=f"{field}.at")
    return None if line is None or line.counted is None else _clash(row, line, line.counted, expected, field)


def _clash(row: Counted, line: StockCountLine, before: int, expected: int, field: str) -> Problem | None:
    """Why a row that was counted before cannot be written like that."""
    if row.seen is not None and row.seen != line.entries:
        message = _("Somebody else counted this meanwhile: %(pieces)d. Enter it again to replace that.")
        return Problem(message=message % {"pieces": before}, code="counted_meanwhile", field=field)
    if row.is_more and expected != line.expected:
        message = _("Goods moved since %(pieces)d were counted of it: count all of it again.")
        return Problem(message=message % {"pieces": before}, code="moved", field=field)
    if row.is_more and before + row.pieces > MOST_PIECES:
        message = _("Enter a quantity between 0 and %(most)d.") % {"most": MOST_PIECES}
        return Problem(message=message, code="out_of_range", field=f"{field}.pieces")
    return None


def _write(
    count: StockCount,
    rows: Sequence[Counted],
    known: Mapping[int, StockCountLine],
    expected: Mapping[int, int],
    actor: Actor,
    now: datetime,
) -> None:
    before = {pk: line.counted or 0 for pk, line in known.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            RECORD,
            {
                "count": count.pk,
                "warehouse": count.warehouse_id,
                "products": [row.product_id for row in rows],
                "counted": [row.pieces + (before.get(row.product_id, 0) if row.is_more else 0) for row in rows],
                "expected": [expected[row.product_id] for row in rows],
                "moments": [row.at or now for row in rows],
                "reasons": [row.reason for row in rows],
                "actor": actor.pk,
                "again": count.status == CountStatus.RECOUNTING,
            },
        )
