"""Goods by lot that come back: the lot that the inspection reads goes with the pieces wherever they go."""

import pytest

from inventory.models import LotMove, LotStock, Stock
from inventory.services.lot_assigning import assign_to_lot
from inventory.services.lots import GivenLot
from inventory.services.stock_moves import receive_stock
from orders.fulfilment.services.recalling import recall_lot
from orders.fulfilment.services.receiving import receive_shipment
from orders.models import InspectedGoods, OrderLine, Return, ReturnLine
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from orders.returns.services.deciding import authorise_return
from orders.returns.services.inspecting import InspectedPieces, inspect_return
from orders.returns.services.moving import receive_return, send_return
from orders.returns.services.requesting import AskedGoods, request_return
from tests.factories.accounts import AdministratorFactory
from tests.factories.inventory import DistributorWarehouseFactory
from tests.factories.returns import returns_warehouse
from tests.orders.clock import NOW
from tests.orders.test_lots import Scene
from tests.transfers.test_transfers import consistent

pytestmark = pytest.mark.django_db


class Back(Scene):
    """Ten pieces of lot L1 that a distributor received and gives back have arrived."""

    def __init__(self) -> None:
        super().__init__()
        distributor = self.people.shop.distributor
        self.theirs = DistributorWarehouseFactory.create(distributor=distributor)
        self.returns, self.boss = returns_warehouse(), AdministratorFactory.create()
        shipment = self.ship(self.approved(10))
        receive_shipment(shipment_id=shipment.pk, actor=self.people.keeper, now=NOW)
        goods = [AskedGoods(order_line_id=OrderLine.objects.get().pk, pieces=10, reason="recall")]
        asked = request_return(distributor_id=distributor.pk, goods=goods, actor=self.people.buyer, now=NOW)
        authorise_return(return_id=asked.pk, actor=self.people.manager, now=NOW, note="Recalled")
        send_return(return_id=asked.pk, actor=self.people.buyer, now=NOW)
        self.document: Return = receive_return(
            return_id=asked.pk, warehouse_id=self.returns.pk, actor=self.people.warehouse, now=NOW
        )

    def inspect(self, lot: str, **ways: int) -> None:
        line = ReturnLine.objects.get()
        goods = [
            InspectedPieces(
                line_id=line.pk,
                pieces=pieces,
                disposition=way,
                is_accepted=way != "sent_back",
                warehouse_id=self.warehouse.pk if way == "restocked" else None,
                lot_number=lot,
            )
            for way, pieces in ways.items()
        ]
        inspect_return(return_id=self.document.pk, goods=goods, actor=self.boss, now=NOW)
        consistent()

    def assign(self, stock: LotStock, code: str, pieces: int) -> None:
        assign_to_lot(
            lot_id=stock.lot_id, warehouse_id=stock.warehouse_id, to=GivenLot(code=code), pieces=pieces, actor=self.boss,
            now=NOW,
        )  # fmt: skip

    def order(self, line: LineInput) -> None:
        place_order(distributor_id=self.people.shop.distributor.pk, actor=self.people.buyer, lines=[line], now=NOW)

    def lies(self, warehouse: int) -> dict[str, tuple[int, int]]:
        rows = LotStock.objects.filter(warehouse=warehouse, on_hand__gt=0)
        return {code: (there, blocked) for code, there, blocked in rows.values_list("lot__code", "on_hand", "blocked")}


def test_what_is_restocked_of_a_recalled_lot_is_blocked() -> None:
    """A recalled piece that came back would be sold to the next customer, as of no lot."""
    scene = Back()
    recall_lot(lot_id=scene.lot("L1").pk, reason="Glass", actor=scene.boss, now=NOW)
    scene.inspect(" l1 ", restocked=10)
    assert scene.lies(scene.warehouse.pk) == {"L1": (30, 30), "L2": (100, 0)}
    assert Stock.objects.get(warehouse=scene.warehouse).available == 100


def test_whoever_waits_does_not_get_a_recalled_piece() -> None:
    """A back order would be filled with what a recall has just brought back."""
    scene = Back()
    recall_lot(lot_id=scene.lot("L1").pk, reason="Glass", actor=scene.boss, now=NOW)
    order = scene.approved(100)
    waits = scene.people.shop.wishes(5)[0]._replace(when_short="part")
    scene.order(waits)
    scene.inspect("L1", restocked=10)
    assert Stock.objects.get(warehouse=scene.warehouse).waiting == 5
    assert scene.pick(order).status == "picking"


def test_the_lot_goes_every_way() -> None:
    """A lot could not be followed to zero: scrapped, blocked and sent back pieces would be of no lot."""
    scene = Back()
    scene.inspect("L1", restocked=4, blocked=3, scrapped=2, sent_back=1)
    assert scene.lies(scene.warehouse.pk) == {"L1": (24, 0), "L2": (100, 0)}
    assert scene.lies(scene.returns.pk) == {"L1": (3, 3)}
    assert scene.lies(scene.theirs.pk) == {"L1": (1, 0)}
    block = InspectedGoods.objects.get(disposition="blocked").block
    assert block is not None
    assert block.lot == scene.lot("L1")
    assert LotMove.objects.get(move__kind="scrap").lot == scene.lot("L1")


@pytest.mark.parametrize("read", ["", "no such lot"])
def test_a_lot_that_nobody_knows_is_the_unnamed_one(read: str) -> None:
    """An unreadable label would stop an inspection, or make a lot out of a typing error."""
    scene = Back()
    scene.inspect(read, restocked=6, blocked=4)
    assert scene.lies(scene.warehouse.pk) == {"L1": (20, 0), "L2": (100, 0), "": (6, 0)}
    assert scene.lies(scene.returns.pk) == {"": (4, 4)}


def test_pieces_that_were_assigned_to_another_lot_before() -> None:
    """Whoever named a lot in the warehouse for returns by hand could inspect nothing any more."""
    scene = Back()
    receive_stock(
        warehouse_id=scene.returns.pk, product_ids=[scene.products[0].pk], quantities=[5], reference="GR", actor=None,
        lots=[GivenLot(code="L2", expires_on=scene.l2)],
    )  # fmt: skip
    unnamed = LotStock.objects.get(warehouse=scene.returns, lot__code="")
    scene.assign(unnamed, "L2", 10)
    scene.inspect("L1", restocked=10)
    assert scene.lies(scene.warehouse.pk) == {"L1": (30, 0), "L2": (100, 0)}
    assert scene.lies(scene.returns.pk) == {"L2": (5, 0)}
