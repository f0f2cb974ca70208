"""Finding an order by its number."""

import json

import pytest
from django.db import connection

from orders.models import Order
from orders.ordering.querysets import number_begins
from tests.factories.orders import OrderFactory

ORDERS = 2_000

_COPIES = """
INSERT INTO orders_order
SELECT copy.* FROM orders_order AS one, generate_series(1, %s) AS counter,
    jsonb_populate_record(one, jsonb_build_object(
        'id', 1000000 + counter, 'number', 'SO' || 1000000 + counter, 'purchase_order_number', 'PO-' || counter
    )) AS copy
"""


@pytest.mark.django_db
def test_the_database_knows_that_a_number_names_few_orders() -> None:
    """It cannot judge a distributor's own number in its normal form by itself: it read all orders, newest first."""
    OrderFactory.create()
    with connection.cursor() as cursor:
        cursor.execute(_COPIES, [ORDERS])
        cursor.execute("ANALYZE orders_order")
    found = Order.objects.filter(number_begins("so1000007")).order_by("-ordered_at", "-id")
    assert found.count() == 1
    (plan,) = json.loads(found.explain(format="json"))
    assert plan["Plan"]["Plan Rows"] < ORDERS * 0.002, plan
