"""Lots of orders: bound when picking starts, asked again when they leave, known afterwards."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from channel.models import Agreement
from core.models import Event
from inventory.models import Lot, LotBinding, LotStock
from inventory.services.lot_freezing import freeze_lot
from inventory.services.lots import GivenLot
from inventory.services.stock_moves import receive_stock
from inventory.services.tracking import set_tracking
from messaging.models import Notification
from messaging.services.notifications import notify
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.selectors.lot_holders import whereabouts_of
from orders.fulfilment.services.lots import choose_lots
from orders.fulfilment.services.recalling import recall_lot
from orders.fulfilment.services.receiving import ReceivedLine, receive_order, receive_shipment
from orders.fulfilment.services.shipping import ChosenPieces, ship_order, start_picking
from orders.models import Order, OrderLine, Shipment, ShipmentLine, ShipmentLot
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.pages.selectors.invariants import INVARIANTS
from tests.factories.accounts import AdministratorFactory, OwnerFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.inventory import DistributorWarehouseFactory
from tests.factories.returns import InspectedGoodsFactory, ReturnLineFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows
from tests.transfers.test_transfers import consistent

pytestmark = pytest.mark.django_db


class Scene:
    """A product by lot: L1 of 30 pieces expires 24 days after the promised day, L2 of 100 half a year later."""

    def __init__(self, *, products: int = 1, tracked: int = 1) -> None:
        self.people: Stage = stage(products=products, on_hand=0)
        self.products = self.people.shop.products
        self.warehouse = self.people.shop.warehouse
        boss: Any = AdministratorFactory.create()
        for product in self.products[:tracked]:
            set_tracking(product_id=product.pk, tracks_lots=True, tracks_serials=False, actor=boss, now=NOW)
        arrives = timezone.localdate(NOW) + timedelta(days=7)
        self.l1, self.l2 = arrives + timedelta(days=24), arrives + timedelta(days=180)
        for product in self.products:
            by_lot = product in self.products[:tracked]
            lots = [GivenLot(code="L1", expires_on=self.l1), GivenLot(code="L2", expires_on=self.l2)]
            receive_stock(
                warehouse_id=self.warehouse.pk, product_ids=[product.pk] * 2, quantities=[30, 100], reference="GR",
                actor=None, lots=lots if by_lot else (),
            )  # fmt: skip

    def approved(self, pieces: int = 50) -> Order:
        return approve_order(order_id=self.people.placed(pieces).id, actor=self.people.manager, now=NOW)

    def pick(self, order: Order) -> Order:
        return start_picking(order_id=order.pk, actor=self.people.warehouse, now=NOW)

    def ship(self, order: Order, **options: Any) -> Shipment:
        return ship_order(order_id=order.pk, actor=self.people.warehouse, now=NOW, **options)

    def agree(self, **agreed: Any) -> Agreement:
        territory = TerritoryFactory.create()
        return agreement_in_force(
            self.people.shop.distributor, terms(brand=self.people.shop.brand, territory=territory, **agreed)
        )

    def lot(self, code: str) -> Lot:
        return Lot.objects.get(product=self.products[0], code=code)


def bound(order: Order) -> dict[str, int]:
    rows = LotBinding.objects.filter(reservation__source_id=order.pk, reservation__source_type="order", pieces__gt=0)
    return {row.lot.code: row.pieces for row in rows.select_related("lot")}


def shipped(shipment: Shipment) -> dict[str, int]:
    rows = ShipmentLot.objects.filter(shipment_line__shipment=shipment).select_related("lot")
    return {row.lot.code: row.pieces for row in rows}


def whole() -> None:
    consistent()
    assert offending_rows(INVARIANTS) == {}


def test_from_picking_to_the_distributors_shelf() -> None:
    """Nobody could say who has got a lot."""
    scene = Scene()
    DistributorWarehouseFactory.create(distributor=scene.people.shop.distributor)
    order = scene.pick(scene.approved())
    assert bound(order) == {"L1": 30, "L2": 20}
    first = scene.ship(order, quantities={OrderLine.objects.get(order=order).pk: 40})
    assert (shipped(first), bound(order)) == ({"L1": 30, "L2": 10}, {"L2": 10})
    second = scene.ship(order)
    assert (shipped(second), bound(order)) == ({"L2": 10}, {})
    line = ShipmentLine.objects.get(shipment=first)
    receive_shipment(
        shipment_id=first.pk, actor=scene.people.keeper, now=NOW,
        lines={line.pk: ReceivedLine(quantity=35, reason="5 broken")},
    )  # fmt: skip
    receive_shipment(shipment_id=second.pk, actor=scene.people.keeper, now=NOW)
    theirs = LotStock.objects.filter(warehouse__distributor=scene.people.shop.distributor)
    assert dict(theirs.values_list("lot__code", "on_hand")) == {"L1": 30, "L2": 15}
    whole()


def test_what_was_not_picked_is_bound_when_it_leaves() -> None:
    """An order shipped without picking would leave in no lot."""
    scene = Scene(products=2, tracked=1)
    order = scene.approved()
    shipment = scene.ship(order)
    assert shipped(shipment) == {"L1": 30, "L2": 20}
    receive_order(order_id=order.pk, actor=scene.people.keeper, now=NOW)
    whole()


def test_the_agreement_says_the_least_remaining_life() -> None:
    """The customer's warehouse would refuse the truck."""
    scene = Scene()
    scene.agree(least_remaining_days=60)
    order = scene.pick(scene.approved())
    assert bound(order) == {"L2": 50}
    second = scene.pick(scene.approved(80))
    event = Event.objects.filter(kind="order.picking", subject_id=second.pk).get()
    product = scene.products[0].code
    assert event.data["not_bound"] == [{"product": product, "pieces": 30, "reason": "too_short"}]
    line = OrderLine.objects.get(order=second)
    with pytest.raises(ShipmentRefused) as refused:
        scene.ship(second)
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == ("too_short", f"quantities.{line.pk}")
    assert shipped(scene.ship(second, quantities={line.pk: 50})) == {"L2": 50}
    whole()


def test_the_agreement_forbids_older_goods_than_the_last_delivery() -> None:
    """A newer lot stands on the shelf already, and the older one would be sold last."""
    scene = Scene()
    scene.agree(never_older=True)
    for code, day in (("L1", date(2026, 6, 1)), ("L2", date(2026, 8, 1))):
        Lot.objects.filter(code=code).update(produced_on=day)
    first = scene.approved(10)
    line = OrderLine.objects.get(order=first)
    assert shipped(scene.ship(first, chosen=ChosenPieces(lots={line.pk: {scene.lot("L2").pk: 10}}))) == {"L2": 10}
    assert shipped(scene.ship(scene.approved(10))) == {"L2": 10}
    with pytest.raises(ShipmentRefused) as refused:
        scene.ship(scene.approved(90))
    assert refused.value.problems[0].code == "older"
    whole()


def test_a_lot_frozen_after_it_was_picked_does_not_leave() -> None:
    """What is on the pallet is the frozen lot, and the paper would say another."""
    scene = Scene()
    order = scene.pick(scene.approved())
    freeze_lot(lot_id=scene.lot("L1").pk, reason="Lab", actor=scene.people.warehouse, now=NOW)
    with pytest.raises(ShipmentRefused) as refused:
        scene.ship(order)
    assert [one.code for one in refused.value.problems] == ["lot_frozen"]
    assert choose_lots(order_id=order.pk, actor=scene.people.warehouse, now=NOW) == []
    assert shipped(scene.ship(order)) == {"L2": 50}
    whole()


def test_another_lot_is_chosen() -> None:
    """The picker could not say what was taken instead."""
    scene = Scene()
    order = scene.pick(scene.approved(20))
    line, lot = OrderLine.objects.get(order=order), scene.lot("L2")
    for wrong in ({line.pk: {lot.pk: 0}}, {0: {lot.pk: 1}}):
        with pytest.raises(ShipmentRefused):
            choose_lots(order_id=order.pk, actor=scene.people.warehouse, now=NOW, picks=wrong)
    assert choose_lots(order_id=order.pk, actor=scene.people.warehouse, now=NOW, picks={line.pk: {lot.pk: 20}}) == []
    assert bound(order) == {"L2": 20}
    cancel_order(order_id=order.pk, actor=scene.people.manager, now=NOW, reason="Not wanted")
    assert bound(order) == {}
    whole()


def test_products_without_lots_cost_nothing_more(django_assert_num_queries: Any) -> None:
    """Whoever has no lots would pay for them with every shipment."""
    scene = Scene(products=2, tracked=0)
    order = scene.pick(scene.approved())
    scene.ship(order)
    assert not LotBinding.objects.exists()
    assert not ShipmentLot.objects.exists()
    whole()


def test_whoever_has_got_a_recalled_lot_is_told() -> None:
    """Glass in the jar, and half of the distributors would go on selling it."""
    scene = Scene()
    owner = OwnerFactory.create(distributor=scene.people.shop.distributor)
    shipment = scene.ship(scene.pick(scene.approved(40)))
    lot = scene.lot("L1")
    recall_lot(lot_id=lot.pk, reason="Glass", actor=scene.people.warehouse, now=NOW)
    event = Event.objects.get(kind="lot.recall_told")
    assert (event.distributor_id, event.subject_id, event.data["pieces"]) == (
        scene.people.shop.distributor.pk,
        shipment.pk,
        30,
    )
    notify([event])
    told = Notification.objects.filter(event=event)
    assert {owner.pk, scene.people.buyer.pk, scene.people.keeper.pk, scene.people.manager.pk} <= set(
        told.values_list("recipient_id", flat=True)
    )
    found = whereabouts_of(lot, scene.people.warehouse)
    assert (found.shipped, found.still_out, found.in_stock, found.received) == (30, 30, 0, 30)
    assert [(one.distributor, one.shipped, one.shipments) for one in found.holders] == [
        (scene.people.shop.distributor, 30, [shipment.number])
    ]
    whole()


@pytest.mark.parametrize(
    ("disposition", "written", "back"), [("scrapped", "ｌ1 ", 4), ("scrapped", "L2", 0), ("sent_back", "L1", 0)]
)
def test_what_comes_back_of_a_lot_is_out_no_more(disposition: str, written: str, back: int) -> None:
    """A recall would never come to its end, or would end with jars still on the shelves."""
    scene = Scene()
    shipment = scene.ship(scene.pick(scene.approved(40)))
    order_line = shipment.lines.first().order_line
    order_line.received = order_line.shipped
    order_line.save()
    InspectedGoodsFactory.create(
        line=ReturnLineFactory.create(order_line=order_line, pieces=4, returned=4, sent=4, arrived=4),
        pieces=4,
        disposition=disposition,
        is_accepted=disposition == "scrapped",
        lot_number=written,
    )
    found = whereabouts_of(scene.lot("L1"), scene.people.warehouse)
    assert (found.shipped, found.came_back, found.still_out) == (30, back, 30 - back)


@pytest.mark.parametrize("lines", [1, 30])
def test_shipping_costs_the_same_for_many_lines(lines: int, django_assert_max_num_queries: Any) -> None:
    """An order of thirty products by lot would take thirty times as long."""
    scene = Scene(products=lines, tracked=lines)
    order = scene.approved(10)
    with django_assert_max_num_queries(60):
        scene.ship(order)
    assert ShipmentLot.objects.count() == lines
    whole()
