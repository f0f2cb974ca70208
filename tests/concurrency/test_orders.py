"""Two at once: whatever people and machines do at the same moment, an order happens once and stock is sold once.

Each test has a twin that takes the lock away and shows that the race is real.
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.test import Client

from core.errors import Conflict, DomainError
from core.models import Event
from inventory.models import Reservation, Stock
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from orders.fulfilment.services.receiving import receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, OrderLine, Shipment
from orders.ordering.enums import OrderStatus
from orders.ordering.errors import OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from planning.models import SalesActual
from tests.concurrency.together import PATIENCE, Unlocked, failed, succeeded, together
from tests.factories.accounts import ApiTokenFactory, BuyerFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db(transaction=True)


def broken() -> dict[str, Any]:
    found = {check.name: check.find(3) for check in (*ORDER_CHECKS, *STOCK_CHECKS)}
    return {name: rows for name, rows in found.items() if rows}


def test_sixteen_buyers_get_what_there_is_and_no_piece_more() -> None:
    """Goods would be sold that nobody has; or buyers would see a deadlock of the database."""
    people = stage(products=10, on_hand=20)
    buyers = [BuyerFactory.create(distributor=people.shop.distributor) for _number in range(16)]
    products = [product.pk for product in people.shop.products]

    def buy(number: int) -> list[Any]:
        mine = products if number % 2 else products[::-1]
        return [
            attempt(buyers[number], [LineInput(product, 1) for product in mine[number % 5 :][:5]]) for _try in range(6)
        ]

    def attempt(buyer: Any, lines: list[LineInput]) -> Any:
        try:
            return place_order(distributor_id=people.shop.distributor.pk, actor=buyer, lines=lines, now=NOW)
        except OrderRefused as error:
            return error

    results = together(*(partial(buy, number) for number in range(16)))

    assert failed(results) == []
    attempts = [result for each in results for result in each]
    placed, refusals = succeeded(attempts), failed(attempts)
    assert {problem.code for error in refusals for problem in getattr(error, "problems", ())} == {"short_stock"}
    assert Order.objects.count() == len(placed) > 0
    assert Reservation.objects.aggregate(held=Sum("quantity"))["held"] == 5 * len(placed)
    for stock in Stock.objects.all():
        assert 0 <= stock.reserved <= stock.on_hand
    assert Stock.objects.filter(reserved=20).exists()
    assert broken() == {}


def test_twin_check_then_save_sells_the_same_piece_twice() -> None:
    """The race is real: reading what is free and then writing it says yes to everybody."""
    people = stage(products=1, on_hand=1)
    stock_id = people.shop.stock_of(people.shop.products[0]).pk
    read = threading.Barrier(4)

    def buy() -> bool:
        stock = Stock.objects.get(pk=stock_id)
        read.wait(PATIENCE)
        if stock.available < 1:
            return False
        stock.reserved += 1
        stock.save()
        return True

    assert together(*[buy] * 4) == [True] * 4


def post(people: Stage, token: str, key: str | None) -> Any:
    client = Client(headers={"Authorization": f"Token {token}"} | ({"Idempotency-Key": key} if key else {}))
    lines = [{"product": product.code, "quantity": 1} for product in people.shop.products]
    return client.post("/api/v1/orders/", {"lines": lines, "submit": True}, content_type="application/json")


def test_one_key_in_parallel_is_one_order() -> None:
    """An ERP that repeats a request that hangs would order twice."""
    people = stage()
    token = ApiTokenFactory.create(user=people.buyer).secret

    replies = together(*[partial(post, people, token, "once")] * 8)

    assert {reply.status_code for reply in replies} <= {201, 409}
    assert any(reply.status_code == 201 for reply in replies)
    assert Order.objects.count() == 1
    assert post(people, token, "once").json()["number"] == Order.objects.get().number


def test_twin_without_a_key_orders_each_time() -> None:
    """The race is real: without a key the same request is another order."""
    people = stage()
    token = ApiTokenFactory.create(user=people.buyer).secret

    together(*[partial(post, people, token, None)] * 4)

    assert Order.objects.count() == 4


def approve_and_cancel(people: Stage, order_id: int, previous_period: Unlocked | None = None) -> list[Any]:
    return together(
        lambda: approve_order(order_id=order_id, actor=people.manager, now=NOW),
        lambda: cancel_order(order_id=order_id, actor=people.buyer, now=NOW, reason="Changed my mind"),
        previous_period=previous_period,
    )


def test_an_order_is_approved_or_cancelled_never_both() -> None:
    """The warehouse would pick what the buyer called off, and the plan would count it."""
    for _round in range(5):
        people = stage()
        order_id = people.placed().id
        results = approve_and_cancel(people, order_id)

        assert len(succeeded(results)) == 1, results
        assert all(isinstance(error, DomainError) for error in failed(results))
        assert broken() == {}


def test_twin_without_the_lock_does_both() -> None:
    """The race is real: both read “ordered”, and both go ahead."""
    people = stage()
    order_id = people.placed().id

    results = approve_and_cancel(people, order_id, Unlocked(Order))

    assert failed(results) == [], "both were told that it is done"


def approved(people: Stage) -> int:
    return approve_order(order_id=people.placed().id, actor=people.manager, now=NOW).pk


def ship_twice(people: Stage, order_id: int, previous_period: Unlocked | None = None) -> list[Any]:
    return together(
        *[lambda: ship_order(order_id=order_id, actor=people.warehouse, now=NOW)] * 2, previous_period=previous_period
    )


def test_an_order_is_shipped_once() -> None:
    """Two people at two screens would send the goods twice."""
    people = stage()
    order_id = approved(people)

    results = ship_twice(people, order_id)

    assert (len(succeeded(results)), Shipment.objects.count()) == (1, 1)
    assert all(isinstance(error, DomainError) for error in failed(results)), results
    assert broken() == {}


def test_twin_without_the_lock_only_the_constraint_stops_the_second_shipment() -> None:
    """The race is real: the second gets as far as the database."""
    people = stage()
    order_id = approved(people)

    results = ship_twice(people, order_id, Unlocked(Order, OrderLine))

    (error,) = failed(results)
    assert isinstance(error.__cause__, IntegrityError), results


def shipped(people: Stage) -> int:
    return ship_order(order_id=approved(people), actor=people.warehouse, now=NOW).pk


def receive_twice(people: Stage, shipment_id: int, previous_period: Unlocked | None = None) -> list[Any]:
    return together(
        *[lambda: receive_shipment(shipment_id=shipment_id, actor=people.keeper, now=NOW)] * 2,
        previous_period=previous_period,
    )


def test_a_shipment_is_received_once() -> None:
    """Twice the goods would lie in the books of the distributor."""
    people = stage()

    results = receive_twice(people, shipped(people))

    assert len(succeeded(results)) == 1
    assert isinstance(failed(results)[0], Conflict)
    assert Order.objects.get().status == OrderStatus.RECEIVED
    assert Event.objects.filter(kind="order.received").count() == 1
    assert broken() == {}


def test_twin_without_the_lock_only_the_constraint_stops_the_second_receipt() -> None:
    """The race is real: the second adds its pieces to those of the first."""
    people = stage()
    shipment_id = shipped(people)

    results = receive_twice(people, shipment_id, Unlocked(Order))

    # What the constraint refuses is said in words.
    assert [type(error.__cause__) for error in failed(results)] == [IntegrityError]


def test_one_purchase_order_number_in_parallel_is_one_order() -> None:
    """A double click would order twice under one number."""
    people = stage()

    results = together(*[partial(people.placed, 1, "PO-1")] * 4)

    assert len(succeeded(results)) == 1
    assert {error.problems[0].code for error in failed(results) if isinstance(error, OrderRefused)} == {
        "duplicate_purchase_order"
    }
    assert len(failed(results)) == 3
    assert broken() == {}


def test_twin_two_checks_before_two_writes_both_find_the_number_free() -> None:
    """The race is real: only the constraint knows better than the check."""
    people = stage()
    checked = threading.Barrier(2)

    def check() -> bool:
        free = not Order.objects.filter(distributor=people.shop.distributor, purchase_order_number="PO-1").exists()
        checked.wait(PATIENCE)
        return free

    assert together(check, check) == [True, True]


def test_orders_of_one_distributor_are_counted_side_by_side() -> None:
    """Two approvals at once would count one of the two orders only."""
    people = stage(products=5)
    orders = [people.placed().id for _number in range(6)]

    jobs: list[Callable[[], Any]] = [
        partial(approve_order, order_id=order_id, actor=people.manager, now=NOW) for order_id in orders
    ]
    assert failed(together(*jobs)) == []

    assert SalesActual.objects.aggregate(units=Sum("units"))["units"] == 6 * 25
    assert broken() == {}


def test_twin_reading_the_sum_and_writing_it_back_loses_one() -> None:
    """The race is real: a sum kept in Python forgets what others added."""
    people = stage(products=1)
    approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    row_id, read = SalesActual.objects.get().pk, threading.Barrier(2)

    def add() -> None:
        with transaction.atomic():
            row = SalesActual.objects.get(pk=row_id)
            read.wait(PATIENCE)
            row.units += 5
            row.save()

    together(add, add)
    assert SalesActual.objects.get().units == 10
