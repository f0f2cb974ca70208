"""A short line: what is promised of it, what waits, and that it comes before whoever orders later."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalogue.models import Product
from core.errors import Conflict
from core.models import Event
from core.outbox import relay
from inventory.enums import InventoryEvent
from inventory.models import BackOrder, Reservation, Stock, SupplyRoute
from inventory.selectors.invariants import INVARIANTS as STOCK_INVARIANTS
from inventory.services.expected_receipts import change_expected, receive_expected
from inventory.services.stock import receive_stock, reserve
from messaging.models import Notification
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, OrderLine
from orders.ordering.enums import ORDER, OrderStatus
from orders.ordering.errors import FixKind, LineProblem, OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order, reject_order
from orders.ordering.services.changing import change_order
from orders.ordering.services.holds import lapse_reservations, lift_holds
from orders.ordering.services.placing import PlacedOrder, place_order
from orders.ordering.services.promised import note_first_promise
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.invariants import INVARIANTS
from orders.pages.selectors.order_lines import lines_of
from tests.factories.accounts import DistributorFactory
from tests.factories.company import WorkingCalendarFactory
from tests.factories.inventory import ExpectedReceiptFactory, StockFactory, SupplyRouteFactory
from tests.inventory.test_api import client_of
from tests.inventory.test_expected_receipts import wait
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.refusals import refused
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)


def at(hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(MONDAY, time(hour, minute)))


def consistent() -> None:
    assert offending_rows(STOCK_INVARIANTS) == {}
    assert offending_rows(INVARIANTS) == {}


class B1:
    """The case of business.md in the database: 80 on hand, 20 reserved, 100 on Thursday, 50 of another wait for Monday."""

    def __init__(self) -> None:
        self.people: Stage = stage(products=1, on_hand=80)
        shop = self.people.shop
        self.product = shop.products[0]
        route = SupplyRoute.objects.filter(distributor=shop.distributor)
        route.update(lead_days=2, cut_off=time(16), calendar=WorkingCalendarFactory.create())
        reserve(
            warehouse_id=shop.warehouse.pk, source_type="other", source_id=1, source_line_ids=[1],
            product_ids=[self.product.pk], quantities=[20], expires_at=None,
        )  # fmt: skip
        self.receipt = ExpectedReceiptFactory.create(
            warehouse=shop.warehouse, product=self.product, quantity=100, expected_on=date(2026, 11, 19)
        )
        BackOrder.objects.create(
            warehouse=shop.warehouse, product=self.product, distributor=shop.distributor, source_type="other",
            source_id=2, source_line_id=2, ordered=50, quantity=50, lead_days=2, wanted_on=date(2026, 11, 25),
            calendar=route.get().calendar, cut_off=time(16), ship_on=date(2026, 11, 23),
            promised_on=date(2026, 11, 25), first_promised_on=date(2026, 11, 25), placed_at=at(9, 0),
        )  # fmt: skip
        Stock.objects.update(waiting=50)

    def place(self, quantity: int, choice: str = "", now: datetime | None = None) -> PlacedOrder:
        return place_order(
            distributor_id=self.people.shop.distributor.pk,
            actor=self.people.buyer,
            lines=[LineInput(self.product.pk, quantity, when_short=choice)],
            now=now or at(15, 59),
        )


def parts_of(placed: PlacedOrder) -> list[tuple[int, date | None]]:
    rows = BackOrder.objects.filter(source_type=ORDER, source_id=placed.id).order_by("pk")
    return [(row.quantity, row.promised_on) for row in rows]


@pytest.mark.parametrize(
    ("quantity", "choice", "minute", "promised", "reserved", "parts"),
    [
        (50, "", 59, date(2026, 11, 18), 50, []),
        (50, "", 61, date(2026, 11, 19), 50, []),
        (100, "wait", 59, date(2026, 11, 24), 50, [(50, date(2026, 11, 24))]),
        (100, "part", 59, date(2026, 11, 24), 60, [(40, date(2026, 11, 24))]),
        (120, "part", 59, None, 60, [(50, date(2026, 11, 24)), (10, None)]),
    ],
)
def test_b1_placed(
    quantity: int, choice: str, minute: int, promised: date | None, reserved: int, parts: list[tuple[int, date | None]]
) -> None:
    """An order would be promised what nobody has, or take what another one has been promised."""
    case = B1()
    placed = case.place(quantity, choice, at(15, 0) + timedelta(minutes=minute))
    order, line = Order.objects.get(pk=placed.id), OrderLine.objects.get(order=placed.id)
    assert (placed.promised_on, order.promised_on, line.promised_on) == (promised, promised, promised)
    assert sum(Reservation.objects.filter(source_type=ORDER).values_list("quantity", flat=True)) == reserved
    assert parts_of(placed) == parts
    assert offending_rows(STOCK_INVARIANTS) == {}
    if choice == "wait":
        approve_order(order_id=order.pk, actor=case.people.manager, now=at(15, 59))
        with refused(ShipmentRefused, "back order"):
            ship_order(order_id=order.pk, actor=case.people.warehouse, now=at(15, 59))
    if reserved == 60:  # what is free now is nothing: the receipt is promised, too
        with refused(OrderRefused, "available"):
            case.place(1)


def test_the_way_of_a_back_order(django_assert_max_num_queries: Any) -> None:
    """What waits is filled by the goods that come in, told, shipped with the rest, and never overtaken."""
    people = stage(products=2, on_hand=60)
    first, second = people.shop.products
    warehouse = people.shop.warehouse
    day = timezone.localdate(NOW)
    receipt = ExpectedReceiptFactory.create(
        warehouse=warehouse, product=first, quantity=100, expected_on=day + timedelta(days=2)
    )

    def place(quantity: int, choice: str = "") -> PlacedOrder:
        lines = [LineInput(first.pk, quantity, when_short=choice), LineInput(second.pk, 5)]
        return place_order(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=lines, now=NOW)

    with pytest.raises(OrderRefused) as refusal:
        place(100)
    (problem,) = refusal.value.problems
    assert isinstance(problem, LineProblem)
    assert [(way.kind, way.quantity, way.day) for way in problem.others] == [
        (FixKind.PART, 40, day + timedelta(days=10)), (FixKind.WAIT, 100, day + timedelta(days=10)),
    ]  # fmt: skip
    with django_assert_max_num_queries(18):
        placed = place(100, "part")
    assert [(line.waiting, line.promised_on) for line in placed.lines] == [
        (40, day + timedelta(days=10)), (0, day + timedelta(days=7)),
    ]  # fmt: skip
    assert placed.promised_on == day + timedelta(days=10)
    consistent()
    with refused(OrderRefused, "available"):
        place(1)
    approve_order(order_id=placed.id, actor=people.manager, now=NOW)
    consistent()
    shipment = ship_order(order_id=placed.id, actor=people.warehouse, now=NOW)
    assert [row.quantity for row in shipment.lines.order_by("pk")] == [60, 5]
    assert Order.objects.get(pk=placed.id).status == OrderStatus.PARTLY_SHIPPED
    receive_expected(receipt_id=receipt.pk, actor=people.warehouse, now=NOW, quantity=30, is_complete=False)
    with refused(OrderRefused, "available"):
        place(1)
    receive_expected(receipt_id=receipt.pk, actor=people.warehouse, now=NOW)
    assert parts_of(placed) == [(0, day + timedelta(days=10))]
    assert Reservation.objects.get(source_id=placed.id, product=first).expires_at is None, "it was approved meanwhile"
    assert Event.objects.filter(kind=InventoryEvent.BACK_ORDER_FILLED, subject_id=placed.id).count() == 2
    assert place(60).lines[0].waiting == 0
    ship_order(order_id=placed.id, actor=people.warehouse, now=NOW)
    assert Order.objects.get(pk=placed.id).status == OrderStatus.SHIPPED
    assert Notification.objects.count() == 0, "they are made by the outbox"
    consistent()


def test_cancelled_lapsed_and_approved_after_all() -> None:
    """A cancelled order would keep its place in the queue; one that waited too long for its approval could never go on."""
    people = stage(products=1, on_hand=10)
    (product,) = people.shop.products

    def place(quantity: int) -> PlacedOrder:
        lines = [LineInput(product.pk, quantity, when_short="part")]
        return place_order(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=lines, now=NOW)

    one, two, three = place(12), place(4), place(3)
    assert (parts_of(one), parts_of(two), parts_of(three)) == ([(2, None)], [(4, None)], [(3, None)])
    assert placed_dates(one) == (None, None)
    cancel_order(order_id=one.id, actor=people.buyer, now=NOW, reason="too late")
    assert (parts_of(one), parts_of(two), parts_of(three)) == ([(0, None)], [(0, None)], [(0, None)])
    assert people.shop.stock_of(product).available == 3
    later = NOW + timedelta(days=4)
    assert lapse_reservations(now=later) == 2
    assert people.shop.stock_of(product).available == 10
    StockFactory.create(warehouse=people.shop.warehouse)
    Stock.objects.filter(product=product).update(on_hand=2, reserved=0)
    lift_holds(order_id=two.id, actor=people.manager, now=later)
    approve_order(order_id=two.id, actor=people.manager, now=later)
    assert [row.quantity for row in BackOrder.objects.filter(source_id=two.id, quantity__gt=0)] == [2]
    assert people.shop.stock_of(product).available == 0
    OrderLine.objects.filter(order=three.id).update(when_short="")
    with pytest.raises(Conflict):
        approve_order(order_id=three.id, actor=people.manager, now=later)


def placed_dates(placed: PlacedOrder) -> tuple[date | None, date | None]:
    return placed.promised_on, Order.objects.get(pk=placed.id).promised_on


def test_availability_of_many_in_a_fixed_number_of_statements(django_assert_max_num_queries: Any) -> None:
    """A shop system asks for its whole range every hour; it would wait a second for every product."""
    people = stage(products=30, on_hand=60)
    first = people.shop.products[0]
    day = timezone.localdate()
    ExpectedReceiptFactory.create(warehouse=people.shop.warehouse, product=first, expected_on=day + timedelta(days=2))
    wait(people.shop.stock_of(first), 10, source=77, ships=3)
    lines = [{"product": product.code, "quantity": 100} for product in people.shop.products]
    for person, asked in ((people.buyer, {}), (people.manager, {"distributor": people.shop.distributor.code})):
        client = client_of(person)
        with django_assert_max_num_queries(10):
            answer = client.post("/api/v1/orders/availability/", {**asked, "lines": lines}, format="json")
        assert answer.status_code == 200, answer.json()
        found = answer.json()["lines"]
        assert len(found) == 30
        assert (found[0]["free_now"], found[0]["unit_price"]) == (60, "10.0000")
        arrives = str(day + timedelta(days=10))
        assert (found[0]["whole"]["arrives_on"], [part["pieces"] for part in found[0]["parts"]]) == (arrives, [60, 40])
        assert (found[1]["whole"]["arrives_on"], found[1]["parts"][-1]["pieces"]) == (None, 40)
    foreign = {"distributor": DistributorFactory.create().code, "lines": lines}
    assert client_of(people.buyer).post("/api/v1/orders/availability/", foreign, format="json").status_code == 400
    many = {"lines": lines * 17}
    assert client_of(people.buyer).post("/api/v1/orders/availability/", many, format="json").status_code == 400


def test_a_system_places_follows_and_is_told() -> None:
    """An ERP would learn neither what waits nor that the day it was promised has moved."""
    people = stage(products=1, on_hand=60)
    (product,) = people.shop.products
    day = timezone.localdate()
    receipt = ExpectedReceiptFactory.create(
        warehouse=people.shop.warehouse, product=product, expected_on=day + timedelta(days=2)
    )
    client = client_of(people.buyer)
    body = {"submit": True, "lines": [{"product": product.code, "quantity": 100, "when_short": "part"}]}
    placed = client.post("/api/v1/orders/", body, format="json", headers={"Idempotency-Key": "short-1"}).json()
    soon, later = day + timedelta(days=10), day + timedelta(days=18)
    assert (placed["promised_on"], placed["lines"][0]["waiting"]) == (str(soon), 40)
    change_expected(
        receipt_id=receipt.pk,
        actor=people.warehouse,
        now=timezone.now(),
        quantity=100,
        expected_on=day + timedelta(days=10),
    )
    while relay():
        pass
    assert Notification.objects.filter(kind=InventoryEvent.BACK_ORDER_PROMISED, recipient=people.buyer).count() == 1
    order = client.get(f"/api/v1/orders/{placed['number']}/").json()
    line = order["lines"][0]
    assert (order["promised_on"], line["promised_on"], line["expected_on"]) == (str(soon), str(soon), str(later))
    assert line["back_orders"] == [{"pieces": 40, "promised_on": str(later), "first_promised_on": str(soon)}]
    history = client.get(f"/api/v1/orders/{placed['number']}/events/").json()
    assert InventoryEvent.BACK_ORDER_PROMISED in {event["kind"] for event in history}
    approve_order(order_id=Order.objects.get().pk, actor=people.manager, now=timezone.now())
    shipment = ship_order(order_id=Order.objects.get().pk, actor=people.warehouse, now=timezone.now())
    deliver_shipment(shipment_id=shipment.pk, actor=people.warehouse, now=timezone.now())
    line = client.get(f"/api/v1/orders/{placed['number']}/").json()["lines"][0]
    assert (line["shipped"], line["arrived_on"]) == (60, None), "40 are still to come"


def test_a_change_keeps_the_turn_and_the_first_promise() -> None:
    """Asking for less would lose the distributor its turn; asking again would hide that the first promise was broken."""
    people = stage(products=2, on_hand=60)
    first, second = people.shop.products
    day = timezone.localdate(NOW)
    receipt = ExpectedReceiptFactory.create(
        warehouse=people.shop.warehouse, product=first, quantity=50, expected_on=day + timedelta(days=2)
    )

    def lines(quantity: int) -> list[LineInput]:
        return [LineInput(first.pk, quantity), LineInput(second.pk, 5)]

    def place(quantity: int) -> PlacedOrder:
        asked = [line._replace(when_short="part") for line in lines(quantity)]
        return place_order(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=asked, now=NOW)

    def waiting(order: PlacedOrder) -> dict[date | None, int]:
        together: Counter[date | None] = Counter()
        for pieces, promised in parts_of(order):
            together[promised] += pieces
        return {day: pieces for day, pieces in together.items() if pieces}

    early = place(100)
    late = place(20)
    soon = day + timedelta(days=10)
    assert (waiting(early), waiting(late)) == ({soon: 40}, {soon: 10, None: 10})
    tomorrow = NOW + timedelta(days=1)
    change_order(order_id=early.id, actor=people.buyer, lines=lines(90), now=tomorrow)
    assert (waiting(early), waiting(late)) == ({soon: 30}, {soon: 20})
    assert Order.objects.get(pk=early.id).promised_on == soon
    consistent()
    change_order(order_id=early.id, actor=people.buyer, lines=lines(95), now=tomorrow)
    assert (waiting(early), waiting(late)) == ({soon: 30, None: 5}, {soon: 20}), "more comes behind those who wait"
    assert Order.objects.get(pk=early.id).promised_on is None
    consistent()
    later = day + timedelta(days=30)
    change_expected(
        receipt_id=receipt.pk, actor=people.warehouse, now=tomorrow, quantity=50, expected_on=later,
    )  # fmt: skip
    order = Order.objects.get(pk=late.id)
    (line, _other) = lines_of(order_id=late.id)
    assert (line.promised_on, line.expected_on, line.has_moved) == (None, later + timedelta(days=8), False)
    note_first_promise(Event.objects.filter(kind=InventoryEvent.BACK_ORDER_PROMISED, subject_id=late.id).latest("pk"))
    order.refresh_from_db()
    assert order.promised_on == soon, "the first day that was named, not the one of today"
    assert lines_of(order_id=late.id)[0].has_moved
    reject_order(order_id=early.id, actor=people.manager, now=tomorrow, reason="No")
    assert waiting(late) == {}, "what is free again goes to who waits"
    consistent()


def test_two_warehouses_and_the_choices_that_make_another_line() -> None:
    """A line would wait where the goods come last; a system that says beforehand what it wants would be refused."""
    people = stage(products=3, on_hand=60)
    first, second, third = people.shop.products
    other = SupplyRouteFactory.create(distributor=people.shop.distributor, priority=2, lead_days=3).warehouse
    day = timezone.localdate(NOW)
    for warehouse, days in ((people.shop.warehouse, 9), (other, 2)):
        ExpectedReceiptFactory.create(warehouse=warehouse, product=first, expected_on=day + timedelta(days=days))

    def place(*lines: LineInput) -> PlacedOrder:
        return place_order(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=lines, now=NOW)

    placed = place(LineInput(first.pk, 100, when_short="wait"))
    (row,) = BackOrder.objects.filter(source_id=placed.id)
    assert (row.warehouse_id, row.promised_on, row.quantity) == (other.pk, day + timedelta(days=6), 100)
    assert OrderLine.objects.get(order=placed.id).warehouse_id == other.pk
    assert people.shop.stock_of(first).available == 60
    Product.objects.filter(pk=third.pk).update(successor=second)
    taken = place(LineInput(second.pk, 70, when_short="take"), LineInput(third.pk, 61, when_short="drop"))
    assert [(line.product_id, line.quantity) for line in taken.lines] == [(second.pk, 60)]
    with refused(OrderRefused, "available") as refusal:
        place(LineInput(third.pk, 61, when_short="successor"))
    assert [problem.field for problem in refusal.value.problems] == ["lines.0.quantity"], "the successor is short, too"
    receive_stock(
        warehouse_id=people.shop.warehouse.pk, product_ids=[second.pk], quantities=[80], reference="GR", actor=None
    )
    replaced = place(LineInput(third.pk, 61, when_short="successor"))
    assert [(line.product_id, line.quantity) for line in replaced.lines] == [(second.pk, 61)]
    consistent()
