"""Counts of a warehouse: opened, finished, reopened, cancelled. Counting is in `counting`, approval in `approving`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Abs
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Category, Product
from company.enums import DocumentKind
from company.selectors import default_company
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from core.events import ExtraSubject, record_event
from core.locks import lock_row
from core.permissions import require
from core.sentences import listed
from core.state import check_version
from inventory.enums import WarehouseKind
from inventory.models import Warehouse
from inventory.selectors.countable import in_stock, moved_since
from stocktaking.enums import CountScope, CountStatus, StocktakingEvent, Uncounted
from stocktaking.models import StockCount, StockCountLine
from stocktaking.permissions import COUNT_STATES, can_count, can_work_on_counts
from stocktaking.querysets import COUNTED, DIFFERS
from stocktaking.services.count_sql import LIST_PRODUCTS

_COUNTABLE = frozenset({WarehouseKind.SALE, WarehouseKind.RETURNS, WarehouseKind.BLOCKED})


def open_count(
    *,
    warehouse_id: int,
    actor: Actor,
    now: datetime,
    scope: str = CountScope.ALL,
    product_ids: Collection[int] = (),
    category_ids: Collection[int] = (),
    is_blind: bool = False,
    tolerance: Decimal | None = None,
    note: str = "",
) -> StockCount:
    """Begin to count a warehouse: a row for each product. What is expected is read when a row is counted.

    Raises NotAllowed, Conflict (some of it is being counted already), InvalidInput at `warehouse`, `scope`, `products`,
    `categories` or `tolerance`.
    """
    require(can_count(actor))
    _check(warehouse_id, scope, product_ids, category_ids, tolerance)
    with explained(), transaction.atomic():
        Warehouse.objects.select_for_update().get(pk=warehouse_id)  # two counts of a warehouse open one after the other
        products = _products(warehouse_id, scope, product_ids, category_ids)
        if not products:
            raise InvalidInput(_("There is nothing to count."), code="empty", field="scope")
        _refuse_counted_already(warehouse_id, products)
        company = default_company()
        count = StockCount.objects.create(
            company=company,
            number=next_number(kind=DocumentKind.STOCK_COUNT, company_id=company.pk, on=timezone.localdate(now)),
            warehouse_id=warehouse_id,
            scope=scope,
            selection=_selection(scope, product_ids, category_ids),
            is_blind=is_blind,
            tolerance=tolerance,
            note=note.strip(),
            opened_at=now,
            opened_by_id=actor.pk,
        )
        with connection.cursor() as cursor:
            cursor.execute(LIST_PRODUCTS, {"count": count.pk, "warehouse": warehouse_id, "products": products})
        record(count, StocktakingEvent.COUNT_OPENED, actor, now, rows=len(products), scope=str(scope))
    count.refresh_from_db()
    return count


def _check(
    warehouse_id: int,
    scope: str,
    product_ids: Collection[int],
    category_ids: Collection[int],
    tolerance: Decimal | None,
) -> None:
    problems = []
    ours = Warehouse.objects.stocked().filter(pk=warehouse_id, is_active=True)
    if not ours.exists():
        message = _("Select an active warehouse of the brand owner.")
        problems.append(Problem(message=message, code="unknown", field="warehouse"))
    if scope not in CountScope.values:
        problems.append(Problem(message=_("Select what is counted."), code="unknown", field="scope"))
    if scope == CountScope.PRODUCTS and not product_ids:
        problems.append(Problem(message=_("Enter at least one product."), code="required", field="products"))
    if scope == CountScope.CATEGORIES and not category_ids:
        problems.append(Problem(message=_("Select at least one category."), code="required", field="categories"))
    if tolerance is not None and not 0 <= tolerance <= 100:  # noqa: PLR2004 - percent
        problems.append(Problem(message=_("Enter a percentage between 0 and 100."), code="range", field="tolerance"))
    if problems:
        raise InvalidInput(problems=problems)


def _products(warehouse_id: int, scope: str, product_ids: Collection[int], category_ids: Collection[int]) -> list[int]:
    if scope == CountScope.PRODUCTS:
        return list(Product.objects.filter(pk__in=product_ids).order_by("code").values_list("pk", flat=True))
    if scope == CountScope.CATEGORIES:
        return in_stock(warehouse_id, category_ids=_with_those_below(category_ids))
    if scope == CountScope.MOVED:
        rows = StockCountLine.objects.filter(
            count__warehouse_id=warehouse_id, count__status=CountStatus.POSTED, counted__isnull=False
        )
        counted = dict(rows.order_by().values_list("product_id").annotate(Max("counted_at")))
        return moved_since(warehouse_id, counted)
    return in_stock(warehouse_id)


def _with_those_below(category_ids: Collection[int]) -> set[int]:
    """Categories with everything under them. One query."""
    above = dict(Category.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))
    found = set(category_ids)
    while more := {pk for pk, parent in above.items() if parent in found and pk not in found}:
        found |= more
    return found


def _selection(scope: str, product_ids: Collection[int], category_ids: Collection[int]) -> list[str]:
    """What was asked for, by codes, to be read later; the rows say what it came to."""
    if scope == CountScope.CATEGORIES:
        return list(Category.objects.filter(pk__in=category_ids).order_by("code").values_list("code", flat=True))
    if scope == CountScope.PRODUCTS:
        return list(Product.objects.filter(pk__in=product_ids).order_by("code").values_list("code", flat=True)[:100])
    return []


def _refuse_counted_already(warehouse_id: int, products: Sequence[int]) -> None:
    rows = StockCountLine.objects.filter(open_warehouse_id=warehouse_id, product__in=products)
    numbers = sorted(set(rows.order_by().values_list("count__number", flat=True)))
    if numbers:
        message = _(
            "%(rows)d of these products are being counted already, in %(numbers)s. Finish or cancel that count first."
        )
        raise Conflict(
            message % {"rows": rows.count(), "numbers": listed(numbers)}, code="counted_already", field="scope"
        )


def submit_count(
    *,
    count_id: int,
    actor: Actor,
    now: datetime,
    uncounted: str = Uncounted.REFUSE,
    expected_version: int | None = None,
) -> StockCount:
    """Finish counting. Rows beyond the tolerance that were counted once are asked for again; else the count waits for approval.

    `uncounted` says what becomes of rows that nobody counted. Raises NotVisible, NotAllowed, StaleVersion, Conflict (not
    being counted; rows are left, or are to be counted again), InvalidInput at `uncounted` or where nothing was counted.
    """
    from stocktaking.services.counting import count_as_none  # noqa: PLC0415 - that module stands on this one

    require(can_count(actor))
    with explained(), transaction.atomic():
        count = lock_count(count_id, actor, expected_version)
        COUNT_STATES.advance(count, "submit")
        before = CountStatus.RECOUNTING if count.lines.filter(needs_recount=True).exists() else CountStatus.COUNTING
        _refuse_waiting(count)
        left = list(count.lines.filter(counted__isnull=True).values_list("product_id", flat=True))
        if left and uncounted == Uncounted.NONE_THERE:
            count_as_none(count, left, actor=actor, now=now)
        elif left and uncounted != Uncounted.LEAVE:
            message = _("%(rows)d rows are not counted yet. Say what is to become of them.") % {"rows": len(left)}
            raise InvalidInput(message, code="uncounted", field="uncounted")
        if not count.lines.filter(COUNTED).exists():
            raise InvalidInput(_("Nothing has been counted yet."), code="empty", field="uncounted")
        asked = 0 if before == CountStatus.RECOUNTING else _ask_again(count)
        if asked:
            count.status = CountStatus.COUNTING
            COUNT_STATES.advance(count, "ask_again")
            count.save(update_fields=["status"])
            record(count, StocktakingEvent.COUNT_ASKED_AGAIN, actor, now, rows=asked)
        else:
            _finish(count, actor, now)
    count.refresh_from_db()
    return count


def _refuse_waiting(count: StockCount) -> None:
    rows = count.lines.filter(needs_recount=True, first_counted__isnull=True).count()
    if rows:
        message = _("%(rows)d rows are still to be counted a second time.") % {"rows": rows}
        raise Conflict(message, code="recount", field="uncounted")


def _ask_again(count: StockCount) -> int:
    """Mark the rows that differ beyond the tolerance and were counted once; how many they are."""
    if count.tolerance is None:
        return 0
    beyond = Q(expected__lte=0) | Q(size__gt=F("expected") * count.tolerance / 100)
    rows = count.lines.filter(DIFFERS, first_counted__isnull=True).annotate(size=Abs(F("counted") - F("expected")))
    return StockCountLine.objects.filter(pk__in=rows.filter(beyond).values("pk")).update(needs_recount=True)


def _finish(count: StockCount, actor: Actor, now: datetime) -> None:
    cost = Product.objects.filter(pk=OuterRef("product_id")).values("unit_cost")
    count.lines.filter(DIFFERS).update(
        unit_cost=Subquery(cost)
    )  # what the differences are worth when they are approved
    count.submitted_at, count.submitted_by_id = now, actor.pk
    count.save(update_fields=["status", "submitted_at", "submitted_by"])
    rows = count.lines.filter(COUNTED)
    differing = rows.filter(DIFFERS).count()
    record(count, StocktakingEvent.COUNT_SUBMITTED, actor, now, rows=rows.count(), differing=differing)


def reopen_count(
    *, count_id: int, actor: Actor, now: datetime, note: str = "", expected_version: int | None = None
) -> StockCount:
    """Let rows be counted again before the differences are approved. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    require(can_work_on_counts(actor))
    with transaction.atomic():
        count = lock_count(count_id, actor, expected_version)
        COUNT_STATES.advance(count, "reopen")
        count.save(update_fields=["status"])
        count.lines.filter(needs_recount=True).update(needs_recount=False)
        record(count, StocktakingEvent.COUNT_REOPENED, actor, now, note=note.strip())
    count.refresh_from_db()
    return count


def cancel_count(*, count_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> StockCount:
    """Give up a count that is not posted: nothing moves. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    require(can_work_on_counts(actor))
    with transaction.atomic():
        count = lock_count(count_id, actor, expected_version)
        COUNT_STATES.advance(count, "cancel")
        count.save(update_fields=["status"])
        count.lines.update(open_warehouse=None)
        record(count, StocktakingEvent.COUNT_CANCELLED, actor, now)
    count.refresh_from_db()
    return count


def lock_count(count_id: int, actor: Actor, expected_version: int | None = None) -> StockCount:
    """Before its rows and the stock, as every document."""
    count: StockCount = lock_row(StockCount.objects.visible_to(actor), count_id)
    check_version(count, expected_version)
    return count


def record(count: StockCount, kind: StocktakingEvent, actor: Actor, now: datetime, **data: Any) -> None:
    record_event(
        kind=kind,
        subject_type="stock_count",
        subject_id=count.pk,
        extra_subjects=[ExtraSubject("warehouse", count.warehouse_id, "warehouse")],
        actor_id=actor.pk,
        data={"number": count.number, **data},
        at=now,
    )
