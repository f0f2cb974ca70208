"""What lies in the warehouse and what is held for orders, changed by the services only."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from inventory.enums import MoveKind
from inventory.models import Reservation, Stock, StockMove
from inventory.selectors.invariants import INVARIANTS
from inventory.services.stock import adjust_stock, consume, expired_sources, receive_stock, release, reserve
from orders.ordering.enums import ORDER
from tests.factories.accounts import UserFactory
from tests.factories.inventory import ProductFactory, StockFactory, WarehouseFactory
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _books_are_right_after_every_test(db: Any) -> Iterator[None]:
    yield
    assert offending_rows(INVARIANTS) == {}


def hold(stock: Any, quantity: Any, *, source_id: Any = 1, line: Any = 11, expires_at: Any = None) -> Any:
    return reserve(
        warehouse_id=stock.warehouse_id,
        source_type=ORDER,
        source_id=source_id,
        source_line_ids=[line],
        product_ids=[stock.product_id],
        quantities=[quantity],
        expires_at=expires_at,
    )


def test_reserving_holds_stock_for_the_line() -> None:
    """Without it another order could take the goods that were just promised."""
    stock = StockFactory.create(on_hand=10)
    assert hold(stock, 4) == []
    stock.refresh_from_db()
    assert (stock.on_hand, stock.reserved) == (10, 4)
    assert Reservation.objects.get(source_line_id=11).quantity == 4


def test_reserving_takes_all_lines_or_none() -> None:
    """A half-reserved order would hold goods that nobody ships."""
    full = StockFactory.create(on_hand=10)
    short = StockFactory.create(on_hand=2, warehouse=full.warehouse)
    missing = reserve(
        warehouse_id=full.warehouse_id,
        source_type=ORDER,
        source_id=1,
        source_line_ids=[1, 2, 3],
        product_ids=[full.product_id, short.product_id, short.product_id],
        quantities=[5, 2, 1],
        expires_at=None,
    )
    assert [(row.product_id, row.wanted, row.available) for row in missing] == [(short.product_id, 3, 2)]
    assert not Reservation.objects.exists()
    assert set(Stock.objects.values_list("reserved", flat=True)) == {0}


def test_a_product_the_warehouse_never_had_is_short() -> None:
    """It must be told as short, not lost without a word."""
    product, warehouse = ProductFactory.create(), WarehouseFactory.create()
    missing = reserve(
        warehouse_id=warehouse.pk,
        source_type=ORDER,
        source_id=1,
        source_line_ids=[1],
        product_ids=[product.pk],
        quantities=[1],
        expires_at=None,
    )
    assert [(row.wanted, row.available) for row in missing] == [(1, 0)]


def test_release_frees_what_is_held_once() -> None:
    """A cancelled order gives its goods back, and a second release does not give them twice."""
    stock = StockFactory.create(on_hand=10)
    hold(stock, 4)
    assert release(source_type=ORDER, source_id=1) == {11: 4}
    assert release(source_type=ORDER, source_id=1) == {}
    stock.refresh_from_db()
    assert (stock.on_hand, stock.reserved) == (10, 0)


def test_release_of_one_line_leaves_the_others() -> None:
    """Cancelling a line must not free the rest of the order."""
    stock = StockFactory.create(on_hand=10)
    hold(stock, 4, line=11)
    hold(stock, 3, line=12)
    assert release(source_type=ORDER, source_id=1, source_line_ids=[12]) == {12: 3}
    stock.refresh_from_db()
    assert stock.reserved == 4


def test_shipping_takes_the_goods_out_and_writes_the_move() -> None:
    """What left the house is off the books, with the shipment's number."""
    stock = StockFactory.create(on_hand=10)
    hold(stock, 4)
    consume(source_type=ORDER, source_id=1, source_line_ids=[11], quantities=[3], reference="SH-1", actor_id=None)
    stock.refresh_from_db()
    assert (stock.on_hand, stock.reserved) == (7, 1)
    move = StockMove.objects.get(kind=MoveKind.SHIPMENT)
    assert (move.quantity, move.reference) == (-3, "SH-1")


def test_shipping_more_than_is_held_changes_nothing() -> None:
    """Otherwise goods held for another order would leave the house."""
    stock = StockFactory.create(on_hand=10)
    hold(stock, 4)
    hold(stock, 2, line=12)
    with pytest.raises(Conflict) as caught, transaction.atomic():
        consume(
            source_type=ORDER, source_id=1, source_line_ids=[11, 12], quantities=[1, 3], reference="SH-1", actor_id=None
        )
    assert [problem.field for problem in caught.value.problems] == ["lines.1.quantity"]
    stock.refresh_from_db()
    assert (stock.on_hand, stock.reserved) == (10, 6)
    assert not StockMove.objects.filter(kind=MoveKind.SHIPMENT).exists()


def test_what_is_reserved_for_another_order_is_not_shipped() -> None:
    """A wrong order number must not consume somebody else's goods."""
    stock = StockFactory.create(on_hand=10)
    hold(stock, 4, source_id=1)
    with pytest.raises(Conflict), transaction.atomic():
        consume(source_type=ORDER, source_id=2, source_line_ids=[11], quantities=[1], reference="SH-1", actor_id=None)


def test_documents_of_two_kinds_may_have_the_same_number() -> None:
    """A transfer would be given what an order had reserved, as soon as both have line 11."""
    stock = StockFactory.create(on_hand=10)
    hold(stock, 4)
    reserve(
        warehouse_id=stock.warehouse_id, source_type="transfer", source_id=1, source_line_ids=[11],
        product_ids=[stock.product_id], quantities=[5], expires_at=None,
    )  # fmt: skip
    assert release(source_type="transfer", source_id=1) == {11: 5}
    consume(source_type=ORDER, source_id=1, source_line_ids=[11], quantities=[4], reference="SH-1", actor_id=None)
    assert Stock.objects.get().on_hand == 6


def test_a_line_is_supplied_from_two_warehouses() -> None:
    """What lies in two places could only be ordered twice, or would leave one of them twice."""
    first = StockFactory.create(on_hand=10)
    second = StockFactory.create(on_hand=10, product=first.product)
    hold(first, 4)
    hold(second, 3)
    with pytest.raises(Conflict):
        consume(source_type=ORDER, source_id=1, source_line_ids=[11], quantities=[8], reference="S", actor_id=None)
    consume(source_type=ORDER, source_id=1, source_line_ids=[11], quantities=[6], reference="S", actor_id=None)
    left = Stock.objects.order_by("pk").values_list("on_hand", "reserved")
    assert list(left) == [(6, 0), (8, 1)]
    assert release(source_type=ORDER, source_id=1) == {11: 1}


def test_expired_sources_are_those_with_something_still_reserved() -> None:
    """Forgotten drafts would hold stock for ever."""
    stock, now = StockFactory.create(on_hand=10), timezone.now()
    hold(stock, 1, source_id=1, line=1, expires_at=now - timedelta(minutes=1))
    hold(stock, 1, source_id=2, line=2, expires_at=now + timedelta(minutes=1))
    hold(stock, 1, source_id=3, line=3, expires_at=now - timedelta(minutes=1))
    release(source_type=ORDER, source_id=3)
    assert expired_sources(source_type=ORDER, now=now) == [1]


def test_receiving_adds_up_and_tells() -> None:
    """The goods must be sellable at once, and the ledger must say where they came from."""
    keeper, warehouse, product = (
        UserFactory.create(role="warehouse"),
        WarehouseFactory.create(),
        ProductFactory.create(),
    )
    receive_stock(
        warehouse_id=warehouse.pk,
        product_ids=[product.pk, product.pk],
        quantities=[5, 7],
        reference="GR-1",
        actor=keeper,
    )
    assert Stock.objects.get().on_hand == 12
    assert StockMove.objects.get().quantity == 12
    assert Event.objects.get(kind="stock.received").data == {"reference": "GR-1", "products": 1, "units": 12}


def test_receiving_nonsense_is_refused_beside_the_field() -> None:
    """The person at the ramp must see which line is wrong."""
    keeper, warehouse, product = (
        UserFactory.create(role="warehouse"),
        WarehouseFactory.create(),
        ProductFactory.create(),
    )
    with pytest.raises(InvalidInput) as caught:
        receive_stock(
            warehouse_id=warehouse.pk, product_ids=[product.pk, 0], quantities=[0, 1], reference="", actor=keeper
        )
    assert [problem.field for problem in caught.value.problems] == ["lines.0.quantity", "lines.1.product"]


def test_a_correction_never_goes_below_what_is_reserved() -> None:
    """Promised goods cannot be corrected away."""
    keeper, stock = UserFactory.create(role="warehouse"), StockFactory.create(on_hand=10)
    hold(stock, 4)
    where = {"warehouse_id": stock.warehouse_id, "product_id": stock.product_id, "actor": keeper}
    adjust_stock(difference=-6, reason="counted", **where)
    with pytest.raises(InvalidInput) as caught:
        adjust_stock(difference=-1, reason="counted", **where)
    assert caught.value.problems[0].field == "difference"
    stock.refresh_from_db()
    assert (stock.on_hand, stock.reserved) == (4, 4)


@pytest.mark.parametrize("role", ["manager", "finance", "director"])
def test_only_the_warehouse_moves_stock(role: str) -> None:
    """Whoever does not answer for the goods cannot change the books."""
    with pytest.raises(NotAllowed):
        adjust_stock(warehouse_id=1, product_id=1, difference=1, reason="x", actor=UserFactory.create(role=role))


@pytest.mark.parametrize("count", [1, 30])
def test_reserving_costs_one_statement_whatever_the_number_of_lines(count: int, django_assert_num_queries: Any) -> None:
    """Large orders must be as quick as small ones."""
    warehouse = WarehouseFactory.create()
    stocks = [StockFactory.create(warehouse=warehouse, on_hand=10) for _ in range(count)]
    lines = list(range(1, count + 1))
    with django_assert_num_queries(1):
        assert not reserve(
            warehouse_id=warehouse.pk,
            source_type=ORDER,
            source_id=1,
            source_line_ids=lines,
            product_ids=[stock.product_id for stock in stocks],
            quantities=[2] * count,
            expires_at=None,
        )
    with django_assert_num_queries(2):  # the stock is locked first
        consume(
            source_type=ORDER, source_id=1, source_line_ids=lines, quantities=[1] * count, reference="S", actor_id=None
        )
    with django_assert_num_queries(2):
        release(source_type=ORDER, source_id=1)
