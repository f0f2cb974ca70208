"""Waves: orders picked together, in lots, with what was not there; shipped at once or called off."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from inventory.models import Reservation, StockMove
from inventory.services.lot_freezing import freeze_lot
from orders.fulfilment.services.shipping import ship_order
from orders.fulfilment.waves.enums import ShortReason, WaveStatus
from orders.fulfilment.waves.models import Pick, Wave, WaveLine
from orders.fulfilment.waves.services.cancelling import cancel_wave, take_out, take_out_called_off
from orders.fulfilment.waves.services.making import make_wave, make_wave_of_due
from orders.fulfilment.waves.services.scanning import pick_scanned
from orders.models import Order, Shipment, ShipmentLine
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.holds import place_hold
from planning.models import SalesActual
from tests.factories.inventory import WarehouseFactory
from tests.orders.clock import NOW
from tests.orders.test_lots import Scene, bound
from tests.orders.test_lots import shipped as lots_of
from tests.orders.waving import (
    all_picked,
    approved,
    line_of,
    picked,
    picks,
    scene,
    shipped,
    status_of,
    waved,
    whole,
)

pytestmark = pytest.mark.django_db


def test_five_orders_leave_at_once() -> None:
    """One person would open five orders one after the other."""
    people = scene(products=2)
    orders = [approved(people, 3 + number) for number in range(5)]
    wave = waved(people, *orders)
    assert (wave.status, {status_of(order) for order in orders}) == (WaveStatus.OPEN, {"picking"})
    wave = all_picked(people, wave)
    assert wave.status == WaveStatus.PICKED
    shipments = shipped(people, wave)
    wave.refresh_from_db()
    assert (wave.status, wave.shipped_by_id) == (WaveStatus.SHIPPED, people.warehouse.pk)
    assert {status_of(order) for order in orders} == {"shipped"}
    assert [one.posts_sales for one in shipments] == [True] * 5
    assert len({one.number for one in shipments}) == 5
    moves = StockMove.objects.filter(reference__in=[one.number for one in shipments])
    assert sum(moves.values_list("quantity", flat=True)) == -2 * (3 + 4 + 5 + 6 + 7)
    assert moves.count() == 10
    assert set(WaveLine.objects.values_list("shipment", flat=True)) == {one.pk for one in shipments}
    assert Event.objects.filter(kind="order.shipped").count() == 5
    assert Event.objects.get(kind="wave.shipped").data["shipments"] == 5
    whole()


def test_shipped_together_posts_what_alone_would() -> None:
    """Actual sales would depend on how the warehouse works."""
    people = scene(products=2)
    first, second = approved(people, 3), approved(people, 4)
    shipped(people, all_picked(people, waved(people, first)))
    ship_order(order_id=second.pk, actor=people.warehouse, now=NOW)
    amounts = [
        [
            (line.quantity, line.net_amount / line.quantity, line.gross_amount / line.quantity)
            for line in ShipmentLine.objects.filter(shipment__order=order).order_by("pk")
        ]
        for order in (first, second)
    ]
    assert [row[1:] for row in amounts[0]] == [row[1:] for row in amounts[1]]
    posted = SalesActual.objects.filter(basis="shipped")
    assert sum(posted.values_list("units", flat=True)) == 14
    whole()


def test_what_is_short_stays_open_on_its_order() -> None:
    """The customer would be charged for pieces that nobody found."""
    people = scene()
    full, part = approved(people, 5), approved(people, 8)
    wave = waved(people, full, part)
    one = Pick.objects.get(line__order_line=line_of(part))
    with pytest.raises(InvalidInput) as refused:
        picked(people, wave, one, 6)
    assert refused.value.problems[0].field == f"picks.{one.pk}"
    wave = picked(people, wave, one, 6, ShortReason.NOT_FOUND)
    assert wave.status == WaveStatus.OPEN
    shipped(people, all_picked(people, wave))
    assert (status_of(full), status_of(part)) == ("shipped", "partly_shipped")
    assert line_of(part).outstanding == 2
    assert Reservation.objects.get(source_id=part.pk).quantity == 2
    again = waved(people, Order.objects.get(pk=part.pk))
    assert [row.quantity for row in picks(again)] == [2]
    shipped(people, all_picked(people, again))
    assert status_of(part) == "shipped"
    whole()


def test_an_order_of_which_nothing_was_found_stays() -> None:
    """An empty shipment would be on its way."""
    people = scene()
    there, gone = approved(people), approved(people)
    wave = waved(people, there, gone)
    wave = picked(people, wave, Pick.objects.get(line__order_line=line_of(gone)), 0, ShortReason.DAMAGED)
    shipped(people, all_picked(people, wave))
    assert (status_of(there), status_of(gone)) == ("shipped", "picking")
    assert not Shipment.objects.filter(order=gone).exists()
    alone = waved(people, gone)
    picked(people, alone, picks(alone)[0], 0, ShortReason.DAMAGED)
    with pytest.raises(Conflict, match="cancel the wave"):
        shipped(people, alone)
    whole()


def test_orders_are_bound_in_the_turn_of_their_days() -> None:
    """What expires first would go to whoever was ticked first, and the pick list would name no lot."""
    case = Scene()
    late, soon = case.approved(20), case.approved(20)
    Order.objects.filter(pk=late.pk).update(promised_on="2026-12-30")
    Order.objects.filter(pk=soon.pk).update(promised_on="2026-12-01")
    wave = waved(case.people, late, soon)
    assert bound(soon) == {"L1": 20}
    assert [(row.lot.code if row.lot else "", row.quantity) for row in picks(wave)] == [
        ("L1", 20),
        ("L1", 10),
        ("L2", 10),
    ]
    shipments = {one.order_id: one for one in shipped(case.people, all_picked(case.people, wave))}
    assert lots_of(shipments[late.pk]) == {"L1": 10, "L2": 10}
    whole()


def test_a_short_lot_is_anybodys_again() -> None:
    """Pieces that were found later would be kept for an order that left without them."""
    case = Scene()
    order = case.approved(50)
    wave = waved(case.people, order)
    first, second = picks(wave)
    wave = picked(case.people, wave, first, 25, ShortReason.MISCOUNTED)
    assert bound(order) == {"L1": 25, "L2": 20}
    wave = picked(case.people, wave, second, 20)
    (shipment,) = shipped(case.people, wave)
    assert (lots_of(shipment), bound(order)) == ({"L1": 25, "L2": 20}, {})
    whole()


def test_a_frozen_lot_is_neither_picked_nor_shipped() -> None:
    """Goods that the laboratory stopped would be on the truck."""
    case = Scene()
    order = case.approved(50)
    wave = waved(case.people, order)
    first, second = picks(wave)
    freeze_lot(lot_id=case.lot("L1").pk, reason="Lab", actor=case.people.warehouse, now=NOW)
    with pytest.raises(Conflict, match="frozen") as refused:
        picked(case.people, wave, first, 30)
    assert refused.value.problems[0].code == "lot_frozen"
    wave = picked(case.people, wave, first, 0, ShortReason.FROZEN)
    wave = picked(case.people, wave, second, 20)
    freeze_lot(lot_id=case.lot("L2").pk, reason="Lab", actor=case.people.warehouse, now=NOW)
    with pytest.raises(DomainError):
        shipped(case.people, wave)
    assert not Shipment.objects.exists()
    whole()


def test_scanned_by_product_and_lot() -> None:
    """The picker would type what the barcode says."""
    case = Scene()
    one, two = case.approved(20), case.approved(20)
    wave = waved(case.people, one, two)
    product = case.products[0].code
    who: dict[str, Any] = {"wave_id": wave.pk, "actor": case.people.warehouse, "now": NOW}
    for wrong, field in (
        ({"product": "NOTHING"}, "product"),
        ({"product": product}, "lot"),
        ({"product": product, "lot": "L9"}, "lot"),
        ({"product": product, "lot": "L1", "pieces": 31}, "pieces"),
        ({"product": product, "lot": "L1", "pieces": -1}, "pieces"),
        ({"product": product, "lot": "L1", "pieces": 29}, "reason"),
    ):
        with pytest.raises(InvalidInput) as refused:
            pick_scanned(**who, **wrong)
        assert refused.value.problems[0].field == field
    wave = pick_scanned(**who, product=product.lower(), lot="l1", pieces=25, reason=ShortReason.NOT_FOUND)
    assert sorted(row.picked or 0 for row in picks(wave) if row.lot and row.lot.code == "L1") == [5, 20]
    wave = pick_scanned(**who, product=product, lot="L2")
    assert wave.status == WaveStatus.PICKED
    with pytest.raises(InvalidInput, match="already"):
        pick_scanned(**who, product=product, lot="L2")
    shipped(case.people, wave)
    whole()


def test_cancelled_it_gives_the_lots_back() -> None:
    """Lots of a wave that nobody picks would be kept from everybody."""
    case = Scene()
    order = case.approved(50)
    wave = cancel_wave(wave_id=waved(case.people, order).pk, actor=case.people.warehouse, now=NOW)
    assert (wave.status, bound(order), status_of(order)) == (WaveStatus.CANCELLED, {}, "picking")
    with pytest.raises(Conflict):
        all_picked(case.people, wave)
    shipped(case.people, all_picked(case.people, waved(case.people, order)))
    whole()


def test_an_order_is_taken_out_by_hand_and_when_it_is_cancelled() -> None:
    """The warehouse would pick what nobody wants any more."""
    case = Scene()
    stays, leaves, cancelled = case.approved(10), case.approved(10), case.approved(10)
    wave = waved(case.people, stays, leaves, cancelled)
    take_out(wave_id=wave.pk, order_id=leaves.pk, actor=case.people.warehouse, now=NOW)
    assert bound(leaves) == {}
    with pytest.raises(NotVisible):
        take_out(wave_id=wave.pk, order_id=leaves.pk, actor=case.people.warehouse, now=NOW)
    cancel_order(order_id=cancelled.pk, actor=case.people.manager, now=NOW, reason="Closed")
    event = Event.objects.filter(kind="order.cancelled").get()
    take_out_called_off(event)
    take_out_called_off(event)
    assert [row.line.order_line.order_id for row in Pick.objects.filter(line__wave=wave)] == [stays.pk]
    take_out(wave_id=wave.pk, order_id=stays.pk, actor=case.people.warehouse, now=NOW)
    wave.refresh_from_db()
    assert wave.status == WaveStatus.CANCELLED
    whole()


def test_in_one_open_wave_only_and_shipped_with_it() -> None:
    """Two people would pick the same order."""
    people = scene()
    order, other = approved(people), approved(people)
    wave = waved(people, order)
    with pytest.raises(Conflict, match=wave.number) as refused:
        waved(people, order, other)
    assert refused.value.problems[0].code == "in_wave"
    with pytest.raises(Conflict, match="in wave"):
        ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    assert status_of(other) == "approved"
    whole()


def test_what_cannot_be_picked_is_refused_by_order() -> None:
    """One order on hold would go along with the others, or stop them without a word which it was."""
    people = scene()
    fine, held = approved(people), approved(people)
    place_hold(order_id=held.pk, actor=people.manager, reason="Ask first", now=NOW)
    with pytest.raises(Conflict) as refused:
        waved(people, fine, held)
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == (f"orders.{held.number}", "on_hold")
    assert str(problem.message).startswith(str(held.number))
    shipped(people, all_picked(people, waved(people, fine)))
    with pytest.raises(Conflict):
        waved(people, fine)
    with pytest.raises(InvalidInput):
        make_wave(order_ids=[], actor=people.warehouse, now=NOW)
    elsewhere = WarehouseFactory.create()
    other = approved(people)
    with pytest.raises(Conflict, match="Nothing of these orders"):
        waved(people, other, warehouse_id=elsewhere.pk)
    whole()


def test_not_for_others() -> None:
    """A buyer would ship its own order; a stale page would ship what was changed meanwhile."""
    people = scene()
    order = approved(people)
    for who in (people.buyer, people.manager):
        with pytest.raises(NotAllowed):
            make_wave(order_ids=[order.pk], actor=who, now=NOW)
    wave = waved(people, order)
    for who in (people.buyer, people.keeper, people.manager):
        assert not Wave.objects.visible_to(who).exists()
        with pytest.raises(NotVisible):
            cancel_wave(wave_id=wave.pk, actor=who, now=NOW)
    with pytest.raises(StaleVersion):
        cancel_wave(wave_id=wave.pk, actor=people.warehouse, now=NOW, expected_version=wave.version - 1)
    foreign = picks(waved(people, approved(people)))[0]
    with pytest.raises(InvalidInput, match="not of the wave"):
        picked(people, wave, foreign, 1)
    for pieces in (-1, 6):
        with pytest.raises(InvalidInput):
            picked(people, wave, picks(wave)[0], pieces)
    whole()


def test_the_due_ones_first() -> None:
    """What is promised for tomorrow would be picked after what has a month."""
    people = scene()
    orders = [approved(people) for _number in range(4)]
    for number, order in enumerate(orders):
        Order.objects.filter(pk=order.pk).update(promised_on=f"2026-12-{20 - number}")
    place = people.shop.warehouse.pk
    wave = make_wave_of_due(warehouse_id=place, most=2, actor=people.warehouse, now=NOW)
    assert {row.order_line.order_id for row in wave.lines.all()} == {orders[2].pk, orders[3].pk}
    make_wave_of_due(warehouse_id=place, most=200, actor=people.warehouse, now=NOW)
    with pytest.raises(Conflict, match="No order"):
        make_wave_of_due(warehouse_id=place, most=5, actor=people.warehouse, now=NOW)
    whole()


def test_a_hundred_orders_cost_no_statement_more() -> None:
    """A wave of a hundred orders would take minutes, with all of them locked."""
    counts = []
    people = scene(products=2, on_hand=100_000)
    for size in (5, 30):
        orders = [approved(people, 2) for _number in range(size)]
        with CaptureQueriesContext(connection) as making:
            wave = waved(people, *orders)
        with CaptureQueriesContext(connection) as picking:
            wave = all_picked(people, wave)
        with CaptureQueriesContext(connection) as shipping:
            shipped(people, wave)
        steps = [len(making), len(picking), len(shipping)]
        counts.append(steps)
    assert counts[0] == counts[1]
    whole()
