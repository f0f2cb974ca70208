"""Two people at one row, two approvals at once, and an order placed while a count is posted."""

import pytest
from django.utils import timezone

from inventory.models import Stock, StockMove
from inventory.selectors.invariants import INVARIANTS
from inventory.services.blocks import block_stock
from inventory.services.stock import reserve
from stocktaking.models import StockCount
from stocktaking.selectors.invariants import INVARIANTS as COUNTS
from stocktaking.services.approving import approve_count
from stocktaking.services.counting import Counted, record_counts
from stocktaking.services.counts import open_count, submit_count
from tests.concurrency.together import together
from tests.factories.accounts import DirectorFactory, WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import StockFactory
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_counting_approving_and_ordering_at_the_same_moment() -> None:
    """A difference would be posted twice, one count overwrite the other, or pieces be promised that were counted away."""
    CompanyFactory.create()
    keeper, boss, now = WarehouseUserFactory.create(), DirectorFactory.create(), timezone.now()
    stock = StockFactory.create(on_hand=100)
    place = {"warehouse_id": stock.warehouse_id, "product_id": stock.product_id}

    def open_one() -> int:
        return open_count(warehouse_id=stock.warehouse_id, actor=keeper, now=now).pk

    opened = together(open_one, open_one, open_one)
    (pk,) = [one for one in opened if isinstance(one, int)]

    def count(pieces: int) -> str:
        row = Counted(product_id=stock.product_id, pieces=pieces, seen=0)
        return str(record_counts(count_id=pk, rows=[row], actor=keeper, now=timezone.now()).status)

    counted = together(lambda: count(60), lambda: count(61), lambda: count(62))
    assert sorted(type(one).__name__ for one in counted) == ["Conflict", "Conflict", "str"]
    submit_count(count_id=pk, actor=keeper, now=timezone.now())

    def approve() -> str:
        return str(approve_count(count_id=pk, actor=boss, now=timezone.now(), reason="loss").status)

    def order(source: int) -> int:
        short = reserve(
            warehouse_id=stock.warehouse_id,
            source_type="other",
            source_id=source,
            source_line_ids=[source],
            product_ids=[stock.product_id],
            quantities=[30],
            expires_at=None,
        )
        return 0 if short else 30

    def block() -> str:
        return str(block_stock(**place, pieces=5, reason="damage", actor=keeper, now=now).number)

    done = together(approve, approve, lambda: order(1), lambda: order(2), lambda: order(3), block)
    posted = StockCount.objects.get(pk=pk).status == "posted"
    after = Stock.objects.get()
    assert sum(one == "posted" for one in done[:2]) == int(posted)
    assert StockMove.objects.filter(kind="count").count() == int(posted)
    assert after.reserved == sum(one for one in done[2:5] if isinstance(one, int)) + after.blocked
    assert after.reserved <= after.on_hand
    assert after.on_hand in ({60, 61, 62} if posted else {100})
    assert offending_rows((*INVARIANTS, *COUNTS)) == {}
