"""What the relay does with orders and stock while a distributor receives goods: neither waits for the other for ever."""

import pytest

from core.events import record_event
from core.models import Delivery
from core.outbox import fan_out, relay
from inventory.enums import InventoryEvent
from inventory.models import Stock
from orders.fulfilment.services.receiving import receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import Shipment
from orders.ordering.enums import ORDER
from orders.ordering.services.approval import approve_order
from orders.ordering.services.locking import lock_order
from tests.concurrency.together import while_waits
from tests.factories.inventory import DistributorWarehouseFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db(transaction=True)


def shipped(people: Stage) -> Shipment:
    order = approve_order(order_id=people.placed(5).id, actor=people.manager, now=NOW)
    return ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)


def test_a_receipt_while_the_relay_counts_what_was_bought() -> None:
    """A receipt would be refused, for whoever told of the one before kept the stock and waited for the order."""
    people = stage()
    place = DistributorWarehouseFactory.create(distributor=people.shop.distributor)
    first, second = shipped(people), shipped(people)
    relay()
    receive_shipment(shipment_id=first.pk, actor=people.keeper, now=NOW)
    fan_out()  # what it does for the receipt comes before what it does for the order
    record_event(
        kind=InventoryEvent.BACK_ORDER_PROMISED, subject_type=ORDER, subject_id=second.order_id, actor_id=None, at=NOW
    )
    _order, told = while_waits(
        lambda: lock_order(order_id=second.order_id, actor=people.keeper, expected_version=None),
        relay,
        lambda: receive_shipment(shipment_id=second.pk, actor=people.keeper, now=NOW),
    )
    assert not isinstance(told, Exception), told
    assert list(Delivery.objects.exclude(last_error="")) == [], "it waited for ever, and gave up"
    assert list(Stock.objects.filter(warehouse=place).values_list("on_hand", "sold_in")) == [(10, 10)] * 2
