"""What the warehouse of the demo company does: a count that is posted, one that waits for approval, scrap, blocked goods."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from inventory.enums import BlockReason
from inventory.models import Stock
from inventory.selectors.document_lines import DocumentLine
from inventory.services.blocks import block_stock
from stocktaking.enums import CountScope, DifferenceReason, ScrapReason
from stocktaking.models import StockCount
from stocktaking.services.approving import approve_count
from stocktaking.services.counting import Counted, record_counts
from stocktaking.services.counts import open_count, submit_count
from stocktaking.services.scraps import approve_scrap, save_scrap, submit_scrap

_COUNTED = 6
_LEAST_FREE = 12


def build_warehouse_work() -> None:
    """Differences of a piece or two, of products of which enough is free."""
    free = Stock.objects.for_sale().filter(on_hand__gte=F("reserved") + _LEAST_FREE).select_related("product")
    first = free.order_by("warehouse__code").first()
    if first is None:
        return
    stock = list(free.filter(warehouse=first.warehouse_id).order_by("product__code")[: 2 * _COUNTED + 3])
    keeper = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    director = User.objects.with_roles([Role.DIRECTOR]).order_by("pk")[0]
    now = timezone.now()
    posted = _count(stock[:_COUNTED], keeper, now - timedelta(hours=3), now)
    if posted is not None:
        approve_count(count_id=posted.pk, actor=director, now=now, reason=DifferenceReason.MISPICK.value)
    _count(stock[_COUNTED : 2 * _COUNTED], keeper, now - timedelta(minutes=50), now)
    for row, reason in zip(stock[2 * _COUNTED :], (ScrapReason.BROKEN, ScrapReason.EXPIRED), strict=False):
        _scrap(row, reason, keeper, director if reason == ScrapReason.BROKEN else None, now)
    for row in stock[-1:]:
        block_stock(
            warehouse_id=row.warehouse_id,
            product_id=row.product_id,
            pieces=4,
            reason=BlockReason.QUALITY.value,
            until=timezone.localdate(now) + timedelta(days=5),
            actor=keeper,
            now=now,
        )


def _count(stock: list[Stock], keeper: User, opened_at: datetime, counted_at: datetime) -> StockCount | None:
    """Every third product has a piece or two less than the books say."""
    if not stock:
        return None
    count = open_count(
        warehouse_id=stock[0].warehouse_id,
        scope=CountScope.PRODUCTS.value,
        product_ids=[row.product_id for row in stock],
        actor=keeper,
        now=opened_at,
    )
    rows = [
        Counted(product_id=row.product_id, pieces=row.on_hand - (0, 0, 1 + place % 2)[place % 3])
        for place, row in enumerate(stock)
    ]
    record_counts(count_id=count.pk, rows=rows, actor=keeper, now=counted_at)
    return submit_count(count_id=count.pk, actor=keeper, now=counted_at)


def _scrap(row: Stock, reason: ScrapReason, keeper: User, approver: User | None, now: datetime) -> None:
    scrap = save_scrap(
        warehouse_id=row.warehouse_id,
        reason=reason.value,
        lines=[DocumentLine(product_id=row.product_id, quantity=2)],
        actor=keeper,
        now=now,
    )
    submit_scrap(scrap_id=scrap.pk, actor=keeper, now=now)
    if approver is not None:
        approve_scrap(scrap_id=scrap.pk, actor=approver, now=now)
