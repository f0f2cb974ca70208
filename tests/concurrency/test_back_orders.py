"""Goods come in while people order: nobody comes before those who wait, and nothing is promised to two."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from core.models import Event
from inventory.models import BackOrder, Reservation, Stock
from inventory.promise import Schedule, promise
from inventory.selectors.invariants import INVARIANTS
from inventory.services.back_orders import Terms, WaitingLine, lock_supplies, place_back_orders
from inventory.services.stock import receive_stock, release
from orders.models import Order
from orders.ordering.enums import ORDER, OrderEvent
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.changing import change_order
from orders.ordering.services.placing import PlacedOrder, place_order
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from tests.concurrency.test_stock import hold
from tests.concurrency.together import Unlocked, failed, together
from tests.factories.accounts import BuyerFactory, DistributorFactory
from tests.factories.inventory import ExpectedReceiptFactory, StockFactory
from tests.orders.people import stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)
PROMISING = (OrderEvent.SUBMITTED, OrderEvent.PROMISE_CORRECTED)


def wait_for(stock: Stock, pieces: int, *, source: int, distributor_id: int) -> date | None:
    """A line that waits, promised as an order's is; the day that it was promised."""
    with transaction.atomic():
        now = timezone.now()
        place = (stock.warehouse_id, stock.product_id)
        supply = lock_supplies(places=[place], short=[place], today=timezone.localdate(now))[place]
        found = promise(quantity=pieces, supply=supply, schedule=Schedule(lead_days=1), moment=timezone.localtime(now))
        place_back_orders(
            warehouse_id=stock.warehouse_id,
            distributor_id=distributor_id,
            source_type=ORDER,
            source_id=source,
            reference=f"SO-{source}",
            lines=[WaitingLine(source_line_id=source, product_id=stock.product_id, part=found.whole)],
            terms=Terms(lead_days=1, cut_off=None, calendar_id=None),
            keep_days=None,
            now=now,
        )
    return found.whole.arrives_on


def receive(stock: Stock, pieces: int) -> None:
    receive_stock(
        warehouse_id=stock.warehouse_id,
        product_ids=[stock.product_id],
        quantities=[pieces],
        reference="GR",
        actor=None,
    )


def test_goods_that_come_in_reach_those_who_wait_whoever_orders_meanwhile() -> None:
    """Twelve orders at the very moment of the receipt would take what three have been waiting for; and no piece is lost."""
    stock, buyer = StockFactory.create(on_hand=4), DistributorFactory.create().pk
    hold(stock, 900)
    for source in (1, 2, 3):
        wait_for(stock, 5, source=source, distributor_id=buyer)

    def order(number: int) -> Callable[[], bool]:
        return lambda: hold(stock, number)

    def free() -> None:
        with transaction.atomic():
            release(source_type=ORDER, source_id=900)

    jobs = [lambda: receive(stock, 3), lambda: receive(stock, 4), free, lambda: receive(stock, 6)]
    ordered = [order(number) for number in range(100, 108)]
    results = together(*jobs, *ordered)
    assert failed(results) == []
    stock.refresh_from_db()
    assert dict(BackOrder.objects.values_list("source_id", "quantity")) == {1: 0, 2: 0, 3: 0}
    reserved = dict(Reservation.objects.filter(source_id__in=(1, 2, 3)).values_list("source_id", "quantity"))
    assert reserved == {1: 5, 2: 5, 3: 5}
    assert stock.on_hand == 17
    assert stock.reserved == 15 + sum(result is True for result in results)
    assert offending_rows(INVARIANTS) == {}


def promise_together(previous_period: Unlocked | None = None) -> list[date | None]:
    """Two want the ten pieces that come in the day after tomorrow, at the same moment."""
    stock, buyer = StockFactory.create(on_hand=0), DistributorFactory.create().pk
    ExpectedReceiptFactory.create(
        warehouse=stock.warehouse,
        product=stock.product,
        quantity=10,
        expected_on=timezone.localdate() + timedelta(days=2),
    )

    def order(source: int) -> Callable[[], date | None]:
        return lambda: wait_for(stock, 10, source=source, distributor_id=buyer)

    results = together(order(1), order(2), previous_period=previous_period)
    assert failed(results) == []
    return results


def test_what_comes_in_is_promised_once() -> None:
    """Two distributors would be promised the same pieces for the same day."""
    results = promise_together()
    assert sorted(result is None for result in results) == [False, True]
    assert offending_rows(INVARIANTS) == {}


def test_twin_without_the_lock_promises_it_twice() -> None:
    """The race is real: both read what waits before either has written."""
    results = promise_together(Unlocked(BackOrder))
    assert None not in results


def test_orders_wait_in_turn_whoever_orders_changes_or_cancels_meanwhile() -> None:
    """Twelve people at once would be promised the same goods, or the one who came last would get them first."""
    people = stage(products=2, on_hand=6)
    first, second = people.shop.products
    buyers = [BuyerFactory.create(distributor=people.shop.distributor) for _number in range(12)]
    for product in (first, second):
        ExpectedReceiptFactory.create(
            warehouse=people.shop.warehouse,
            product=product,
            quantity=10,
            expected_on=timezone.localdate() + timedelta(days=2),
        )
    stock = people.shop.stock_of(first)

    def buy(number: int, quantity: int = 2) -> PlacedOrder:
        both = [first.pk, second.pk][:: 1 if number % 2 else -1]
        return place_order(
            distributor_id=people.shop.distributor.pk,
            actor=buyers[number],
            lines=[LineInput(product, quantity, when_short="part" if number % 3 else "wait") for product in both],
            now=timezone.now(),
        )

    def change(order: PlacedOrder, quantity: int) -> Order:
        return change_order(
            order_id=order.id,
            actor=people.buyer,
            lines=[LineInput(first.pk, quantity), LineInput(second.pk, 2)],
            now=timezone.now(),
        )

    early = [buy(number) for number in range(4)]
    results = together(
        *(partial(buy, number) for number in range(4, 12)),
        partial(change, early[0], 1),
        partial(change, early[1], 4),
        partial(cancel_order, order_id=early[2].id, actor=people.buyer, now=timezone.now(), reason="too late"),
        partial(receive, stock, 3),
    )
    assert failed(results) == []
    assert Order.objects.count() == 12
    assert offending_rows(INVARIANTS) == {}
    assert offending_rows(ORDER_CHECKS) == {}
    for order in Order.objects.exclude(pk__in=[one.id for one in early]):
        events = Event.objects.filter(subject_type=ORDER, subject_id=order.pk, kind__in=PROMISING).order_by("pk")
        day = order.promised_on.isoformat() if order.promised_on else None
        assert [event.data["promised_on"] for event in events][-1] == day, "the history says what is stored"
    for product in (first, second):
        shipping = list(BackOrder.objects.filter(product=product, quantity__gt=0, ship_on__isnull=False))
        assert sum(one.quantity for one in shipping) <= 10, "no more is promised than comes in"
    receive(stock, 100)
    assert not BackOrder.objects.filter(product=first, quantity__gt=0).exists()
    assert offending_rows([*INVARIANTS, *ORDER_CHECKS]) == {}
