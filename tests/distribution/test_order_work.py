"""Orders of the work lists: what each person may do with them."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Role
from distribution.enums import Work
from distribution.home.selectors.order_work import order_work
from orders.ordering.enums import OrderStatus
from tests.factories.accounts import USER_FACTORIES, DistributorFactory
from tests.factories.orders import OrderFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "work", "status", "may"),
    [
        (Role.OWNER, Work.TO_RECEIVE, OrderStatus.SHIPPED, True),
        (Role.KEEPER, Work.TO_RECEIVE, OrderStatus.DELIVERED, True),
        (Role.BUYER, Work.TO_RECEIVE, OrderStatus.SHIPPED, False),
        (Role.ACCOUNTANT, Work.TO_RECEIVE, OrderStatus.SHIPPED, False),
        (Role.ACCOUNTANT, Work.ON_HOLD, OrderStatus.SUBMITTED, False),
        (Role.FINANCE, Work.TO_APPROVE, OrderStatus.SUBMITTED, False),
        (Role.MANAGER, Work.TO_PICK, OrderStatus.APPROVED, False),
    ],
)
def test_a_button_leads_where_the_person_may_go(role: str, work: Work, status: str, *, may: bool) -> None:
    """A button that ends at "not allowed" is a promise broken every morning."""
    user: Any = USER_FACTORIES[role].create()
    distributor = user.distributor or DistributorFactory.create()
    order = OrderFactory.create(distributor=distributor, status=status, is_on_hold=work == Work.ON_HOLD)
    groups = order_work(user, (work,))
    links = [line.button_url for group in groups for line in group.lines]
    assert links == ([reverse("orders:receive", args=[order.number])] if may else [])
