"""Thirty asked for, ten there: nobody is promised what does not exist, however many ask at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from channel_stock.services.stock_reports import report_stock
from inventory.models import Reservation, Stock
from inventory.selectors.invariants import INVARIANTS
from inventory.services.channel_stock import SellIn, keep_sell_in, receive_at_distributor
from inventory.services.stock import adjust_stock, consume, release, reserve
from orders.ordering.enums import ORDER
from tests.concurrency.together import Unlocked, failed, together, until_all_wait, while_waits
from tests.factories.accounts import KeeperFactory
from tests.factories.inventory import (
    BuyingRightFactory,
    DistributorWarehouseFactory,
    ProductFactory,
    StockFactory,
    WarehouseFactory,
)
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 12
ASKED = 30
THERE = 10


def hold(stock: Stock, number: int) -> bool:
    """One piece for one order; True when it was promised."""
    with transaction.atomic():
        missing = reserve(
            warehouse_id=stock.warehouse_id,
            source_type=ORDER,
            source_id=number,
            source_line_ids=[number],
            product_ids=[stock.product_id],
            quantities=[1],
            expires_at=None,
        )
    return not missing


def ask_thirty_times(ask: Callable[[int], bool]) -> int:
    """Twelve threads ask for thirty pieces in all; returns how many were promised."""

    def several(first: int) -> Callable[[], int]:
        return lambda: sum(ask(number) for number in range(first, ASKED + 1, THREADS))

    results = together(*(several(first) for first in range(1, THREADS + 1)))
    assert failed(results) == []
    return sum(results)


def test_ten_of_thirty_are_promised() -> None:
    """The eleventh customer hears at once that there is none left."""
    stock = StockFactory(on_hand=THERE)
    assert ask_thirty_times(lambda number: hold(stock, number)) == THERE
    stock.refresh_from_db()
    assert (stock.on_hand, stock.reserved) == (THERE, THERE)
    assert offending_rows(INVARIANTS) == {}


def test_without_lock_and_condition_more_is_promised_than_there_is() -> None:
    """The twin: read, look, write. It promises too much, so the test above guards something."""
    stock = StockFactory(on_hand=THERE)

    def look_then_save(number: int) -> bool:
        seen = Stock.objects.get(pk=stock.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.02)")
        if seen.available < 1:
            return False
        Stock.objects.filter(pk=stock.pk).update(reserved=seen.reserved + 1)
        Reservation.objects.create(
            warehouse_id=stock.warehouse_id,
            product_id=stock.product_id,
            source_type=ORDER,
            source_id=number,
            source_line_id=number,
            quantity=1,
        )
        return True

    assert ask_thirty_times(look_then_save) > THERE
    assert "inventory.reserved_is_sum_of_reservations" in offending_rows(INVARIANTS)


def test_behind_the_lock_stands_the_check_constraint() -> None:
    """Even a statement that forgets the condition cannot promise what is not there."""
    stock = StockFactory(on_hand=THERE)
    with pytest.raises(IntegrityError):
        Stock.objects.filter(pk=stock.pk).update(reserved=F("reserved") + THERE + 1)


def test_orders_that_want_the_same_goods_in_other_order_do_not_deadlock() -> None:
    """Two large orders of the same products must both be answered."""
    warehouse = WarehouseFactory()
    stocks = StockFactory.create_batch(20, warehouse=warehouse, on_hand=THREADS * 3)
    products = [stock.product_id for stock in stocks]

    def order(number: int) -> Callable[[], Any]:
        mine = products if number % 2 else products[::-1]
        lines = [number * 100 + place for place in range(len(mine))]

        def several() -> None:
            for quantity in (1, 2):
                with transaction.atomic():
                    missing = reserve(
                        warehouse_id=warehouse.pk,
                        source_type=ORDER,
                        source_id=number,
                        source_line_ids=lines,
                        product_ids=mine,
                        quantities=[quantity] * len(mine),
                        expires_at=None,
                    )
                    assert missing == []
            with transaction.atomic():
                consume(
                    source_type=ORDER,
                    source_id=number,
                    source_line_ids=lines,
                    quantities=[1] * len(lines),
                    reference="S",
                    actor_id=None,
                )
            with transaction.atomic():
                release(source_type=ORDER, source_id=number)

        return several

    assert failed(together(*(order(number) for number in range(1, THREADS + 1)))) == []
    assert {(row.on_hand, row.reserved) for row in Stock.objects.all()} == {(THREADS * 2, 0)}
    assert offending_rows(INVARIANTS) == {}


def test_an_order_at_the_moment_of_a_receipt_has_its_pieces() -> None:
    """It waits for the row, sees the goods that came in, and would be placed with nothing reserved."""
    stock = StockFactory(on_hand=1)
    hold(stock, 1)
    where = {"warehouse_id": stock.warehouse_id, "product_id": stock.product_id, "actor": None}
    _none, is_promised = while_waits(
        lambda: adjust_stock(difference=5, reason="found", **where), lambda: hold(stock, 2)
    )
    stock.refresh_from_db()
    assert (is_promised, stock.reserved) == (True, 2)
    assert offending_rows(INVARIANTS) == {}


def give_free_together(stock: Stock, previous_period: Unlocked | None = None) -> int:
    """Six threads give one order's two pieces free at once; how many pieces they say they freed."""
    for number in (1, 2):
        hold(stock, number)
        hold(stock, number)

    def give_free() -> int:
        with transaction.atomic():
            return sum(release(source_type=ORDER, source_id=1).values())

    with until_all_wait(Reservation.objects.filter(source_type=ORDER, source_id=1), waiting=6):
        results = together(*[give_free] * 6, previous_period=previous_period)
    return sum(pieces for pieces in results if isinstance(pieces, int))


def test_what_is_given_free_twice_is_free_once() -> None:
    """Called off and expired at the same moment, the pieces of another order would be promised again."""
    stock = StockFactory(on_hand=THERE)
    assert give_free_together(stock) == 2
    stock.refresh_from_db()
    assert stock.reserved == 2
    assert offending_rows(INVARIANTS) == {}


def test_twin_without_the_lock_frees_what_others_hold() -> None:
    """The race is real: whoever reads before the first one has written frees the pieces once more."""
    assert give_free_together(StockFactory(on_hand=THERE), Unlocked()) > 2


def test_a_correction_at_the_same_time_never_takes_what_is_promised() -> None:
    """Counting while orders come in leaves no order without goods."""
    stock = StockFactory(on_hand=THERE)

    def count_down() -> None:
        where = {"warehouse_id": stock.warehouse_id, "product_id": stock.product_id, "actor": None}
        adjust_stock(difference=-1, reason="broken", **where)

    def order(number: int) -> Callable[[], bool]:
        return lambda: hold(stock, number)

    together(*[count_down] * 6, *(order(number) for number in range(1, 7)))
    stock.refresh_from_db()
    assert 0 <= stock.reserved <= stock.on_hand
    assert offending_rows(INVARIANTS) == {}


def shelves(products: int) -> tuple[Any, list[Any]]:
    """A keeper whose distributor may buy some products, none of which lies in its warehouse yet."""
    keeper = KeeperFactory.create()
    DistributorWarehouseFactory.create(distributor=keeper.distributor)
    made = ProductFactory.create_batch(products)
    for product in made:
        BuyingRightFactory.create(distributor=keeper.distributor, brand=None, product=product)
    return keeper, made


def count(keeper: Any, counts: list[tuple[str, int]]) -> None:
    wish: Any = {"distributor_id": keeper.distributor_id, "actor": keeper, "now": timezone.now()}
    report_stock(counts=counts, **wish)


def test_a_distributor_counts_while_goods_come_in() -> None:
    """On hand is the sum of the moves whoever writes first, also for products that were never there, in any order."""
    keeper, products = shelves(8)

    def counting(number: int) -> Callable[[], None]:
        mine = products if number % 2 else products[::-1]
        return lambda: count(keeper, [(product.code, 10 + number) for product in mine])

    def receiving(number: int) -> Callable[[], None]:
        mine = products[::-1] if number % 2 else products

        def receive() -> None:
            with transaction.atomic():
                receive_at_distributor(
                    distributor_id=keeper.distributor_id,
                    product_ids=[product.pk for product in mine],
                    quantities=[number] * len(mine),
                    reference=f"S{number}",
                    actor_id=keeper.pk,
                    at=timezone.now(),
                )

        return receive

    def bought() -> None:
        sold = [SellIn(distributor_id=keeper.distributor_id, product_id=row.pk, pieces=91) for row in products]
        with transaction.atomic():
            keep_sell_in(distributor_ids=[keeper.distributor_id], sold=sold)

    several = [step(number) for number in (1, 2, 3, 4) for step in (counting, receiving)]
    assert failed(together(*several, bought, bought)) == []
    assert Stock.objects.count() == len(products)
    assert offending_rows(INVARIANTS) == {}


def test_without_the_lock_two_counts_book_the_same_pieces_twice() -> None:
    """The twin: both see three pieces, both book the seven that were counted more. The lock above guards something."""
    keeper, (product,) = shelves(1)
    count(keeper, [(product.code, 3)])
    with until_all_wait(Stock.objects.filter(product=product), waiting=2):
        results = together(*[lambda: count(keeper, [(product.code, 10)])] * 2, previous_period=Unlocked())
    assert failed(results) == []
    assert "inventory.on_hand_is_sum_of_moves" in offending_rows(INVARIANTS)
