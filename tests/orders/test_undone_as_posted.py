"""What an order posted is undone under what it was posted under, whatever was changed meanwhile."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from core.registry import registry
from orders.models import Order
from orders.ordering.enums import OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from planning.models import SalesActual
from tests.factories.accounts import AdministratorFactory
from tests.factories.inventory import CategoryFactory
from tests.orders.people import stage
from tests.orders.test_api_orders import caller

pytestmark = pytest.mark.django_db


def test_a_product_that_moved_to_another_category_is_taken_back_from_the_first() -> None:
    """The sale stayed in one category and another was charged with what it never sold."""
    people = stage(products=1)
    admin: User = AdministratorFactory.create()
    product, other = people.shop.products[0], CategoryFactory.create()
    order = approve_order(order_id=people.placed(5).id, actor=people.manager, now=timezone.now())
    posted = SalesActual.objects.get()
    assert (posted.category_id, posted.net_amount) == (product.category_id, Decimal(50))

    moved = caller(admin)("patch", f"products/{product.code}/", {"category": other.code})
    assert moved.status_code == 200, moved.content
    cancel_order(order_id=order.pk, actor=people.manager, now=timezone.now(), reason="Called off")

    assert Order.objects.get().status == OrderStatus.CANCELLED
    assert not SalesActual.objects.filter(category=other).exists()
    sums = SalesActual.objects.aggregate(units=Sum("units"), net=Sum("net_amount"), lines=Sum("lines"))
    assert [value or 0 for value in sums.values()] == [0, 0, 0]
    for invariant in registry.invariants:
        if invariant.name.startswith(("planning.", "orders.")):
            assert list(invariant.find(10)) == [], invariant.name
