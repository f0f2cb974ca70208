"""Thirty asked for, ten there: nobody is promised what does not exist, however many ask at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from inventory.models import Reservation, Stock
from inventory.selectors.checks import CHECKS
from inventory.services.stock import adjust_stock, consume, release, reserve
from tests.concurrency.together import failed, together
from tests.factories.inventory import StockFactory, WarehouseFactory
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
            claim=number,
            claim_line_ids=[number],
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
    assert offending_rows(CHECKS) == {}


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
            warehouse_id=stock.warehouse_id, product_id=stock.product_id, claim=number, claim_line=number, quantity=1
        )
        return True

    assert ask_thirty_times(look_then_save) > THERE
    assert "inventory.reserved_is_sum_of_reservations" in offending_rows(CHECKS)


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
                        claim=number,
                        claim_line_ids=lines,
                        product_ids=mine,
                        quantities=[quantity] * len(mine),
                        expires_at=None,
                    )
                    assert missing == []
            with transaction.atomic():
                consume(claim=number, claim_line_ids=lines, quantities=[1] * len(lines), reference="S", actor_id=None)
            with transaction.atomic():
                release(claim=number)

        return several

    assert failed(together(*(order(number) for number in range(1, THREADS + 1)))) == []
    assert {(row.on_hand, row.reserved) for row in Stock.objects.all()} == {(THREADS * 2, 0)}
    assert offending_rows(CHECKS) == {}


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
    assert offending_rows(CHECKS) == {}
