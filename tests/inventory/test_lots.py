"""Lots of a product: every piece lies in one, what comes in finds one, and what goes out takes what expires first."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from inventory.models import Lot, LotMove, LotStock, Stock, StockMove
from inventory.services.blocks import block_stock, unblock_stock
from inventory.services.expected_receipts import receive_expected
from inventory.services.lot_freezing import freeze_lot, recall_lot, release_lot
from inventory.services.lots import GivenLot, save_lot
from inventory.services.stock_moves import adjust_stock, receive_stock
from inventory.services.tracking import set_tracking
from tests.factories.accounts import AdministratorFactory, ManagerFactory, WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import ExpectedReceiptFactory, ProductFactory, StockFactory, WarehouseFactory
from tests.transfers.test_transfers import consistent, prepare
from transfers.services.transfer_receipts import receive_transfer
from transfers.services.transfers import send_transfer

pytestmark = pytest.mark.django_db
SOON, LATER = date(2026, 12, 20), date(2027, 3, 31)


@pytest.fixture
def keeper() -> Any:
    CompanyFactory.create()
    return WarehouseUserFactory.create()


def receive(warehouse: Any, product: Any, pieces: int, lot: GivenLot | None, actor: Any = None) -> None:
    receive_stock(
        warehouse_id=warehouse.pk,
        product_ids=[product.pk],
        quantities=[pieces],
        lots=[lot],
        reference="GR",
        actor=actor,
    )


def lying(warehouse: Any, product: Any) -> dict[str, tuple[int, int, int]]:
    """On hand, bound and blocked by lot."""
    rows = LotStock.objects.filter(warehouse=warehouse, product=product, on_hand__gt=0).select_related("lot")
    return {row.lot.code: (row.on_hand, row.bound, row.blocked) for row in rows}


def test_turning_it_on_puts_what_lies_there_into_one_unnamed_lot(keeper: Any) -> None:
    """The stock would be in no lot, and neither shipped nor counted; others would lose their figures."""
    now, boss = timezone.now(), AdministratorFactory.create()
    stock, other = StockFactory.create(on_hand=100), StockFactory.create(on_hand=7)
    block_stock(
        warehouse_id=stock.warehouse_id, product_id=stock.product_id, pieces=4, reason="damage", actor=keeper, now=now
    )
    with pytest.raises(NotAllowed):
        set_tracking(
            product_id=stock.product_id, tracks_lots=True, tracks_serials=False, actor=ManagerFactory.create(), now=now
        )
    for _time in range(2):  # the second time changes nothing
        set_tracking(product_id=stock.product_id, tracks_lots=True, tracks_serials=False, actor=boss, now=now)
    assert lying(stock.warehouse, stock.product) == {"": (100, 0, 4)}
    assert not LotStock.objects.filter(product=other.product).exists()
    with pytest.raises(Conflict) as refused:
        set_tracking(product_id=stock.product_id, tracks_lots=False, tracks_serials=False, actor=boss, now=now)
    assert refused.value.problems[0].field == "tracks_lots"
    consistent()


def test_turning_it_off_when_nothing_lies_there(keeper: Any) -> None:
    """A switch turned by mistake could never be taken back."""
    product = ProductFactory.create(tracks_lots=True)
    boss: Any = AdministratorFactory.create()
    now = timezone.now()
    made = set_tracking(product_id=product.pk, tracks_lots=False, tracks_serials=True, actor=boss, now=now)
    assert (made.tracks_lots, made.tracks_serials) == (False, True)
    receive(WarehouseFactory.create(), product, 5, None)
    assert not LotMove.objects.exists()
    consistent()


def test_what_comes_in_names_its_lot_or_goes_into_the_unnamed_one(keeper: Any) -> None:
    """Nobody could say which lot a piece is of, or one lot would be two because of its spelling."""
    product, place = ProductFactory.create(tracks_lots=True, shelf_life_days=100), WarehouseFactory.create()
    receive(place, product, 30, GivenLot(code="L1", expires_on=SOON))
    receive(place, product, 20, GivenLot(code=" l１ "))  # the same, written differently
    receive(place, product, 5, None)
    assert lying(place, product) == {"L1": (50, 0, 0), "": (5, 0, 0)}
    lot = Lot.objects.get(code="L1")
    assert (lot.produced_on, lot.expires_on) == (SOON - timedelta(days=100), SOON)
    receive(place, product, 1, GivenLot(code="L2", produced_on=date(2026, 11, 1)))
    assert Lot.objects.get(code="L2").expires_on == date(2026, 11, 1) + timedelta(days=100)
    with pytest.raises(InvalidInput) as wrong:
        receive(place, product, 1, GivenLot(code="L1", expires_on=LATER))
    assert [(one.code, one.field) for one in wrong.value.problems] == [("other_dates", "lines.0.lot")]
    with pytest.raises(InvalidInput):
        receive(place, ProductFactory.create(), 1, GivenLot(code="L1"))
    consistent()


def test_what_goes_out_takes_what_expires_first(keeper: Any) -> None:
    """Old goods would be left until nobody may have them; of two lots of one day the older production goes first."""
    product, place = ProductFactory.create(tracks_lots=True), WarehouseFactory.create()
    receive(place, product, 10, GivenLot(code="NEVER"))
    receive(place, product, 10, GivenLot(code="LATER", expires_on=LATER))
    receive(place, product, 10, GivenLot(code="SOON-B", expires_on=SOON, produced_on=date(2026, 6, 2)))
    receive(place, product, 10, GivenLot(code="SOON-A", expires_on=SOON, produced_on=date(2026, 6, 1)))
    adjust_stock(warehouse_id=place.pk, product_id=product.pk, difference=-15, reason="lost", actor=keeper)
    assert lying(place, product) == {"NEVER": (10, 0, 0), "LATER": (10, 0, 0), "SOON-B": (5, 0, 0)}
    adjust_stock(
        warehouse_id=place.pk, product_id=product.pk, difference=-3, reason="lost", actor=keeper,
        lot=GivenLot(code="never"),
    )  # fmt: skip
    adjust_stock(warehouse_id=place.pk, product_id=product.pk, difference=-16, reason="lost", actor=keeper)
    assert lying(place, product) == {"NEVER": (6, 0, 0)}
    with pytest.raises(DomainError):
        adjust_stock(
            warehouse_id=place.pk, product_id=product.pk, difference=-1, reason="lost", actor=keeper,
            lot=GivenLot(code="LATER"),
        )  # fmt: skip
    consistent()
    move = StockMove.objects.order_by("-pk")[0]
    assert sorted((row.lot.code, row.quantity) for row in move.lots.all()) == [
        ("LATER", -10),
        ("NEVER", -1),
        ("SOON-B", -5),
    ]


def test_an_expected_receipt_comes_in_several_lots(keeper: Any) -> None:
    """A truck with two production days would be one lot."""
    row = ExpectedReceiptFactory.create(quantity=100, product=ProductFactory.create(tracks_lots=True))
    lots = [(GivenLot(code="A", expires_on=SOON), 60), (GivenLot(code="B", expires_on=LATER), 30)]
    receive_expected(receipt_id=row.pk, actor=keeper, now=timezone.now(), lots=lots)
    assert lying(row.warehouse, row.product) == {"A": (60, 0, 0), "B": (30, 0, 0), "": (10, 0, 0)}
    other = ExpectedReceiptFactory.create(quantity=10, product=row.product)
    with pytest.raises(InvalidInput) as refused:
        receive_expected(receipt_id=other.pk, actor=keeper, now=timezone.now(), lots=lots)
    assert refused.value.problems[0].field == "lots"
    consistent()


def test_a_transfer_takes_its_lots_along(keeper: Any) -> None:
    """Goods would lose their lot on the way, or take over that of another transfer in transit."""
    now = timezone.now()
    product, place = ProductFactory.create(tracks_lots=True), WarehouseFactory.create()
    receive(place, product, 30, GivenLot(code="L1", expires_on=SOON))
    receive(place, product, 100, GivenLot(code="L2", expires_on=LATER))
    stock = Stock.objects.get(warehouse=place, product=product)
    first = prepare(stock, keeper, 40)
    send_transfer(transfer_id=first.pk, actor=keeper, now=now)
    second = prepare(stock, keeper, 20)
    send_transfer(transfer_id=second.pk, actor=keeper, now=now)
    assert lying(place, product) == {"L2": (70, 0, 0)}
    line = second.lines.get()
    receive_transfer(transfer_id=second.pk, pieces={line.pk: 23}, reason="3 more", actor=keeper, now=now)
    assert lying(second.destination, product) == {"L2": (20, 0, 0), "": (3, 0, 0)}
    line = first.lines.get()
    receive_transfer(transfer_id=first.pk, pieces={line.pk: 35}, reason="5 lost", actor=keeper, now=now)
    assert lying(first.destination, product) == {"L1": (30, 0, 0), "L2": (5, 0, 0)}
    first.refresh_from_db()
    assert lying(first.transit, product) == {}
    consistent()


def test_a_frozen_lot_is_blocked_everywhere_and_when_it_comes_in(keeper: Any) -> None:
    """Goods under suspicion would be promised, shipped, or come back into stock by the next receipt."""
    now = timezone.now()
    product = ProductFactory.create(tracks_lots=True)
    places = WarehouseFactory.create_batch(2)
    for place in places:
        receive(place, product, 30, GivenLot(code="L1", expires_on=SOON))
        receive(place, product, 100, GivenLot(code="L2", expires_on=LATER))
    stock = Stock.objects.get(warehouse=places[0], product=product)
    transfer = prepare(stock, keeper, 10, to=places[1])
    send_transfer(transfer_id=transfer.pk, actor=keeper, now=now)
    lot = Lot.objects.get(code="L1")
    with pytest.raises(InvalidInput):
        freeze_lot(lot_id=lot.pk, reason=" ", actor=keeper, now=now)
    with pytest.raises(NotAllowed):
        freeze_lot(lot_id=lot.pk, reason="Lab", actor=ManagerFactory.create(), now=now)
    lot = freeze_lot(lot_id=lot.pk, reason="Lab", actor=keeper, now=now, expected_version=lot.version)
    assert [lying(place, product)["L1"] for place in places] == [(20, 0, 20), (30, 0, 30)]
    receive_transfer(transfer_id=transfer.pk, pieces=None, actor=keeper, now=now)
    receive(places[0], product, 5, GivenLot(code="L1"))
    assert [lying(place, product)["L1"] for place in places] == [(25, 0, 25), (40, 0, 40)]
    stock.refresh_from_db()
    assert (stock.on_hand, stock.blocked, stock.available) == (125, 25, 100)
    block = lot.blocks.get(warehouse=places[0])
    with pytest.raises(Conflict):
        unblock_stock(block_id=block.pk, actor=keeper, now=now)
    adjust_stock(warehouse_id=places[0].pk, product_id=product.pk, difference=-50, reason="lost", actor=keeper)
    assert lying(places[0], product) == {"L1": (25, 0, 25), "L2": (50, 0, 0)}
    consistent()
    recall_lot(lot_id=lot.pk, reason="Glass", actor=keeper, now=now)
    lot = release_lot(lot_id=lot.pk, actor=keeper, now=now, note="Lab says fine")
    assert [lying(place, product)["L1"] for place in places] == [(25, 0, 0), (40, 0, 0)]
    assert (lot.status, Stock.objects.get(pk=stock.pk).blocked) == ("free", 0)
    with pytest.raises(Conflict):
        release_lot(lot_id=lot.pk, actor=keeper, now=now)
    consistent()


def test_the_unnamed_lot_is_not_frozen(keeper: Any) -> None:
    """Pieces of any lot would be blocked for one of them."""
    product = ProductFactory.create(tracks_lots=True)
    receive(WarehouseFactory.create(), product, 5, None)
    with pytest.raises(InvalidInput):
        freeze_lot(lot_id=Lot.objects.get(product=product).pk, reason="Lab", actor=keeper, now=timezone.now())


def test_a_lot_is_corrected_and_stays_one(keeper: Any) -> None:
    """A wrong date would stay for good, or two lots of one code come to be."""
    product, now = ProductFactory.create(tracks_lots=True, shelf_life_days=10), timezone.now()
    lot = save_lot(product_id=product.pk, lot=GivenLot(code="A", produced_on=SOON), actor=keeper, now=now)
    assert lot.expires_on == SOON + timedelta(days=10)
    save_lot(product_id=product.pk, lot=GivenLot(code="B"), actor=keeper, now=now)
    lot = save_lot(lot_id=lot.pk, lot=GivenLot(code="A1", expires_on=LATER), actor=keeper, now=now)
    assert (lot.code, lot.produced_on, lot.expires_on) == ("A1", LATER - timedelta(days=10), LATER)
    with pytest.raises(Conflict):
        save_lot(lot_id=lot.pk, lot=GivenLot(code="b"), actor=keeper, now=now)


def test_the_database_refuses_stock_without_lots(keeper: Any) -> None:
    """A program with a defect would leave pieces that are in no lot."""
    product, place = ProductFactory.create(tracks_lots=True), WarehouseFactory.create()
    receive(place, product, 5, None)
    with pytest.raises(IntegrityError, match="lots_add_up"):
        put_aside(place)


@transaction.atomic
def put_aside(place: Any) -> None:
    Stock.objects.filter(warehouse=place).update(on_hand=6)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
