"""The last pieces of a lot, wanted by two at once; and a lot that is frozen while it is bound."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from inventory.models import LotBinding, LotStock, Stock
from inventory.selectors.invariants import INVARIANTS
from inventory.services.lot_binding import LineToBind, bind_lots
from inventory.services.lot_freezing import freeze_lot
from inventory.services.stock_moves import adjust_stock
from tests.concurrency.together import Unlocked, failed, together
from tests.inventory.test_lot_binding import ANY, NOW, Scene
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def bind(number: int) -> Callable[[], int]:
    def job() -> int:
        with transaction.atomic():
            line = LineToBind(source_id=number, source_line_id=number, rule=ANY)
            return sum(one.pieces for one in bind_lots(source_type="order", lines=[line]))

    return job


def two_that_want_the_last() -> Scene:
    scene = Scene(with_block=False)
    for number in (1, 2):
        scene.reserve(number, 30)
    return scene


def test_two_bindings_of_the_last_pieces_follow_each_other() -> None:
    """Two pickers would be sent to the same thirty pieces."""
    scene = two_that_want_the_last()
    results = together(bind(1), bind(2))
    assert failed(results) == []
    assert sorted([scene.bound(1), scene.bound(2)], key=str) == [{"L1": 30}, {"L2": 30}]
    assert offending_rows(INVARIANTS) == {}


def test_twin_without_the_lock_binds_them_twice() -> None:
    """The race is real: only the check behind it keeps the second from pieces that are gone."""
    two_that_want_the_last()
    results = together(bind(1), bind(2), previous_period=Unlocked(LotStock))
    assert len(failed(results)) == 1
    assert offending_rows(INVARIANTS) == {}


def test_bound_frozen_and_taken_at_once() -> None:
    """Freezing, binding and corrections of one product would wait for each other for ever, or a frozen lot be bound."""
    scene = Scene(with_block=False)
    for number in range(1, 9):
        scene.reserve(number, 10)
    lot = scene.lot("L1")

    def freeze() -> Any:
        return freeze_lot(lot_id=lot.pk, reason="Lab", actor=scene.keeper, now=NOW)

    def lose() -> None:
        adjust_stock(
            warehouse_id=scene.place.pk, product_id=scene.product.pk, difference=-1, reason="lost", actor=scene.keeper
        )

    results = together(*(bind(number) for number in range(1, 9)), freeze, lose, lose)
    assert failed(results) == []
    stock = Stock.objects.get(product=scene.product)
    assert stock.on_hand == 128
    assert not LotBinding.objects.filter(lot=lot, pieces__gt=0).exists()
    assert offending_rows(INVARIANTS) == {}
