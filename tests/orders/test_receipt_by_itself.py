"""Receipt by itself: only where it is switched on, only what was delivered long enough ago, and known as nobody's act."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from company.models import Company
from core.models import Event
from inventory.models import StockMove
from orders.fulfilment.claims.selectors.invariants import CLAIM_INVARIANTS
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.receiving_by_itself import receive_by_itself
from orders.models import DeliveryClaim, Order
from orders.pages.selectors.invariants import INVARIANTS
from orders.tasks import receive_by_itself as task
from tests.orders.claims import Receipt, lies_at, shipped
from tests.orders.clock import NOW
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def delivered(receipt: Receipt, *, days: int) -> Receipt:
    deliver_shipment(shipment_id=receipt.shipment.pk, actor=receipt.people.warehouse, now=NOW - timedelta(days=days))
    return receipt


def switched_on(days: int) -> None:
    Company.objects.update(receipt_days=days)


def test_nothing_is_received_by_itself_unless_a_company_says_so() -> None:
    """Goods that nobody has looked at would count as received whole."""
    delivered(shipped(pieces=10)[0], days=300)
    assert receive_by_itself(now=NOW) == 0


def test_what_was_delivered_long_ago_is_received_by_nobody() -> None:
    """An order would stay open for ever because nobody presses a button, or the history name somebody who did not."""
    old, young = delivered(shipped(pieces=10)[0], days=7), delivered(shipped(pieces=10)[0], days=6)
    switched_on(7)
    assert (receive_by_itself(now=NOW), receive_by_itself(now=NOW)) == (1, 0)
    order = Order.objects.get(pk=old.order.pk)
    assert (order.status, order.received_at, order.lines.get().received) == ("received", NOW, 10)
    assert Order.objects.get(pk=young.order.pk).status == "delivered"
    assert lies_at(old.people, old.product) == (10, 0)
    move = StockMove.objects.get(kind="receipt", product=old.product)
    assert (move.actor, move.reference) == (None, old.shipment.number)
    event = Event.objects.get(kind="order.received_by_itself")
    assert (event.actor, event.subject_id, event.data["shipment"]) == (None, order.pk, old.shipment.number)
    assert not DeliveryClaim.objects.exists()
    assert offending_rows((*INVARIANTS, *CLAIM_INVARIANTS)) == {}
    task()


def test_a_part_of_an_order_leaves_it_open() -> None:
    """An order would be completed while goods of it are still on their way."""
    first, _second = shipped(pieces=10, parts=2)
    delivered(first, days=30)
    switched_on(7)
    assert receive_by_itself(now=NOW) == 1
    order = Order.objects.get(pk=first.order.pk)
    assert (order.status, order.lines.get().received) == ("shipped", 5)


@pytest.mark.parametrize("many", [2, 6])
def test_many_cost_no_more_statements(many: int, record_property: Any) -> None:
    """A night with a thousand deliveries would take a thousand times as long."""
    switched_on_after = [delivered(receipt, days=9) for receipt in shipped(pieces=many, parts=many)]
    switched_on(7)
    with CaptureQueriesContext(connection) as queries:
        assert receive_by_itself(now=NOW) == len(switched_on_after)
    record_property("statements", len(queries))
    assert len(queries) <= 16
