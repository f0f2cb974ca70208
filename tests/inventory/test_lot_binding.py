"""Reservations bound to lots: which customer gets which, and what is said where none fits (figure B3)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.errors import DomainError
from inventory.enums import NotBoundReason
from inventory.models import Lot, LotBinding, LotStock, Reservation, Stock
from inventory.rules import LotRule
from inventory.selectors.lot_availability import available_for
from inventory.services.blocks import block_stock
from inventory.services.lot_binding import LineToBind, NotBound, bind_lots, take_bound, unbind_lots
from inventory.services.lot_freezing import freeze_lot
from inventory.services.lots import GivenLot
from inventory.services.stock import consume, keep_only, release, reserve
from tests.factories.accounts import WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import ProductFactory, WarehouseFactory
from tests.inventory.test_lots import receive
from tests.transfers.test_transfers import consistent

pytestmark = pytest.mark.django_db
ARRIVES = date(2026, 11, 18)
ANY = LotRule(arrives_on=ARRIVES)
SIXTY = LotRule(arrives_on=ARRIVES, least_days=60)
NOW = timezone.now()


class Scene:
    """L1 expires on 12-20, 30 pieces; L2 on 2027-03-31, 100; L3 is blocked, 50."""

    def __init__(self, *, with_block: bool = True) -> None:
        CompanyFactory.create()
        self.keeper: Any = WarehouseUserFactory.create()
        self.product = ProductFactory.create(tracks_lots=True, shelf_life_days=365)
        self.place = WarehouseFactory.create()
        self.add("L1", 30, date(2026, 12, 20))
        self.add("L2", 100, date(2027, 3, 31))
        if with_block:
            self.add("L3", 50, date(2027, 6, 30))
            block_stock(
                warehouse_id=self.place.pk, product_id=self.product.pk, pieces=50, reason="quality", now=NOW,
                actor=self.keeper, lot_id=self.lot("L3").pk,
            )  # fmt: skip

    def add(self, code: str, pieces: int, expires_on: date | None, produced_on: date | None = None) -> None:
        lot = GivenLot(code=code, expires_on=expires_on, produced_on=produced_on)
        receive(self.place, self.product, pieces, lot)

    def lot(self, code: str) -> Lot:
        return Lot.objects.get(product=self.product, code=code)

    def reserve(self, number: int, pieces: int) -> None:
        assert not reserve(
            warehouse_id=self.place.pk, source_type="order", source_id=number, source_line_ids=[number],
            product_ids=[self.product.pk], quantities=[pieces], expires_at=None,
        )  # fmt: skip

    def bind(self, number: int, rule: LotRule, picks: dict[str, int] | None = None) -> list[NotBound]:
        chosen = None if picks is None else {self.lot(code).pk: pieces for code, pieces in picks.items()}
        line = LineToBind(source_id=number, source_line_id=number, rule=rule, picks=chosen)
        return bind_lots(source_type="order", lines=[line])

    def bound(self, number: int) -> dict[str, int]:
        rows = LotBinding.objects.filter(reservation__source_id=number, pieces__gt=0).select_related("lot")
        return {row.lot.code: row.pieces for row in rows}

    def available(self, rule: LotRule) -> int:
        place = (self.place.pk, self.product.pk)
        return available_for([place], rule)[place]


def test_b3_without_a_rule() -> None:
    """What expires first would stay until nobody may have it."""
    scene = Scene()
    assert Stock.objects.get(product=scene.product).on_hand == 180
    assert (scene.available(ANY), scene.available(SIXTY)) == (130, 100)
    scene.reserve(1, 50)
    assert scene.bind(1, ANY) == []
    assert scene.bound(1) == {"L1": 30, "L2": 20}
    consistent()


def test_b3_with_sixty_days_left() -> None:
    """The customer would refuse the goods on its ramp."""
    scene = Scene()
    scene.reserve(1, 50)
    assert scene.bind(1, SIXTY) == []
    assert scene.bound(1) == {"L2": 50}
    assert (scene.available(ANY), scene.available(SIXTY)) == (80, 50)
    scene.reserve(2, 80)
    assert scene.bind(2, SIXTY) == [
        NotBound(
            source_id=2,
            source_line_id=2,
            product_id=scene.product.pk,
            product_code=scene.product.code,
            pieces=30,
            reason=NotBoundReason.TOO_SHORT,
        )
    ]
    assert scene.bound(2) == {"L2": 50}
    consistent()


@pytest.mark.parametrize(("days", "expected"), [(32, {"L1": 30, "L2": 20}), (33, {"L2": 50})])
def test_the_day_itself_is_enough(days: int, expected: dict[str, int]) -> None:
    """L1 expires 32 days after the arrival: a customer that wants 32 would be refused goods it takes, or 33 sent too old."""
    scene = Scene()
    scene.reserve(1, 50)
    assert scene.bind(1, LotRule(arrives_on=ARRIVES, least_days=days)) == []
    assert scene.bound(1) == expected


def test_a_lot_without_a_date_goes_last_and_to_nobody_who_wants_a_day() -> None:
    """Goods of unknown age would be sent to a customer with a rule; where nothing expires, they may."""
    scene = Scene(with_block=False)
    scene.add("X", 40, None)
    scene.reserve(1, 165)
    assert scene.bind(1, ANY) == []
    assert scene.bound(1) == {"L1": 30, "L2": 100, "X": 35}
    unbind_lots(source_type="order", source_lines=[(1, 1)])
    assert [one.pieces for one in scene.bind(1, SIXTY)] == [65]
    scene.product.shelf_life_days = None
    scene.product.save()
    assert [one.pieces for one in scene.bind(1, SIXTY)] == [25]
    consistent()


def test_two_lots_of_one_day_go_by_production() -> None:
    """Two pickers would take from both, and neither pallet ever be empty."""
    scene = Scene(with_block=False)
    scene.add("EARLY", 10, date(2026, 12, 1), date(2026, 5, 1))
    scene.add("EARLIER", 10, date(2026, 12, 1), date(2026, 4, 1))
    scene.reserve(1, 15)
    assert scene.bind(1, ANY) == []
    assert scene.bound(1) == {"EARLIER": 10, "EARLY": 5}


def test_never_older_than_the_last_delivery() -> None:
    """Shelves would hold a younger lot in front of an older one, and the customer send it back."""
    scene = Scene(with_block=False)
    scene.reserve(1, 50)
    produced_on = scene.lot("L2").produced_on
    assert scene.bind(1, LotRule(arrives_on=ARRIVES, not_before=produced_on)) == []
    assert scene.bound(1) == {"L2": 50}
    assert produced_on is not None
    (missing,) = scene.bind(1, LotRule(arrives_on=ARRIVES, not_before=produced_on + timedelta(days=1)))
    assert (missing.pieces, missing.reason) == (50, NotBoundReason.OLDER)
    assert scene.product.code in missing.sentence
    assert scene.bound(1) == {}
    consistent()


def test_another_lot_is_picked() -> None:
    """The picker stands before an empty place and could not say what was taken instead."""
    scene = Scene()
    for number in (1, 2):
        scene.reserve(number, 30)
        assert scene.bind(number, ANY) == []
    assert (scene.bound(1), scene.bound(2)) == ({"L1": 30}, {"L2": 30})
    assert scene.bind(1, ANY, {"L2": 30}) == []
    assert scene.bound(1) == {"L2": 30}
    (missing,) = scene.bind(2, ANY, {"L1": 10, "L3": 20})
    assert (missing.pieces, missing.reason) == (20, NotBoundReason.NOT_PICKED)
    assert scene.bound(2) == {"L1": 10}
    (missing,) = scene.bind(2, SIXTY, {"L1": 30})
    assert (missing.pieces, missing.reason, scene.bound(2)) == (30, NotBoundReason.TOO_SHORT, {})
    consistent()


def test_what_is_bound_leaves_in_its_lots() -> None:
    """The recall would go to whoever did not get the lot."""
    scene = Scene()
    scene.reserve(1, 50)
    scene.bind(1, ANY)
    taken = take_bound(source_type="order", quantities={(1, 1): 40})
    assert [(one.pieces, one.lot_id) for one in taken] == [(30, scene.lot("L1").pk), (10, scene.lot("L2").pk)]
    consume(
        source_type="order", source_id=1, source_line_ids=[1], quantities=[40], reference="SH1", actor_id=None,
        lots=taken,
    )  # fmt: skip
    assert scene.bound(1) == {"L2": 10}
    consistent()


def test_less_reserved_is_less_bound() -> None:
    """A cancelled order would keep its lots from everybody else."""
    scene = Scene()
    scene.reserve(1, 50)
    scene.bind(1, ANY)
    keep_only(source_type="order", source_id=1, kept={1: 35})
    assert scene.bound(1) == {"L1": 30, "L2": 5}
    release(source_type="order", source_id=1)
    assert scene.bound(1) == {}
    assert set(LotStock.objects.values_list("bound", flat=True)) == {0}
    consistent()


def test_frozen_after_it_was_bound() -> None:
    """The frozen goods would be shipped, or the order stand there without a word."""
    scene = Scene()
    scene.reserve(1, 50)
    scene.bind(1, ANY)
    freeze_lot(lot_id=scene.lot("L1").pk, reason="Lab", actor=scene.keeper, now=NOW)
    assert scene.bound(1) == {"L2": 20}
    binding = LotBinding.objects.get(lot__code="L1")
    assert (binding.pieces, binding.lost, Reservation.objects.get(source_type="order", source_id=1).quantity) == (
        0,
        30,
        50,
    )
    consistent()
    assert scene.bind(1, ANY) == []
    assert scene.bound(1) == {"L2": 50}
    assert not LotBinding.objects.filter(lost__gt=0).exists()
    consistent()


def test_blocked_pieces_of_a_lot_are_not_bound_and_bound_ones_not_blocked() -> None:
    """One piece would be promised and blocked at once."""
    scene = Scene()
    scene.reserve(1, 20)
    scene.bind(1, ANY)
    wanted: Any = {"warehouse_id": scene.place.pk, "product_id": scene.product.pk, "reason": "damage", "now": NOW}
    with pytest.raises(DomainError):
        block_stock(**wanted, pieces=11, actor=scene.keeper, lot_id=scene.lot("L1").pk)
    block_stock(**wanted, pieces=10, actor=scene.keeper, lot_id=scene.lot("L1").pk)
    scene.reserve(2, 5)
    scene.bind(2, ANY)
    assert scene.bound(2) == {"L2": 5}
    with pytest.raises(DomainError):
        block_stock(**wanted, pieces=1, actor=scene.keeper, lot_id=0)
    consistent()


@pytest.mark.parametrize("lines", [1, 30])
def test_a_wave_is_bound_in_as_many_statements_as_a_line(lines: int, django_assert_num_queries: Any) -> None:
    """A wave of a hundred orders would take a hundred times as long."""
    scene = Scene()
    for number in range(1, lines + 1):
        scene.reserve(number, 4)
    asked = [LineToBind(source_id=number, source_line_id=number, rule=ANY) for number in range(1, lines + 1)]
    with django_assert_num_queries(5):
        assert bind_lots(source_type="order", lines=asked) == []
    assert sum(LotBinding.objects.values_list("pieces", flat=True)) == 4 * lines
    consistent()
