"""Orders of the work lists: what each person may do with them."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from messaging.enums import Work
from orders.ordering.enums import OrderStatus
from orders.permissions import can_decide
from orders.selectors.work import KINDS, order_work
from tests.factories.accounts import USER_FACTORIES, DistributorFactory, GrantFactory
from tests.factories.orders import OrderFactory, OrderLineFactory

pytestmark = pytest.mark.django_db


def test_an_order_above_the_limit_of_a_grant_is_nobodys_work_here() -> None:
    """The button would end at "not allowed", and the count would never reach zero."""
    director = USER_FACTORIES[Role.DIRECTOR].create()
    GrantFactory.create(role=Role.DIRECTOR, permission="orders.decide", amount_limit=Decimal(1000))
    small, _large = _order(1000), _order(1001)
    foreign, held = _order(10, currency="EUR", exchange_rate=None), _order(5000, is_on_hold=True)
    actor = User.objects.get(pk=director.pk)
    groups = order_work(actor, (Work.ON_HOLD, Work.TO_APPROVE))
    assert [(group.work, group.number, [line.what for line in group.lines]) for group in groups] == [
        (Work.ON_HOLD, 0, []),
        (Work.TO_APPROVE, 1, [small.number]),
    ]
    assert not any(can_decide(actor, order) for order in (foreign, held))


def _order(amount: int, **more: Any) -> Any:
    order = OrderFactory.create(**{"exchange_rate": Decimal(1), **more})
    OrderLineFactory.create(order=order, ordered=1, unit_price=Decimal(amount))
    order.refresh_from_db()
    return order


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


@pytest.mark.parametrize(
    ("role", "status", "has_amount"),
    [
        (Role.WAREHOUSE, OrderStatus.APPROVED, False),
        (Role.KEEPER, OrderStatus.SHIPPED, False),
        (Role.OWNER, OrderStatus.SHIPPED, True),
        (Role.DIRECTOR, OrderStatus.SUBMITTED, True),
    ],
)
def test_whoever_carries_the_goods_reads_no_amounts(role: str, status: str, *, has_amount: bool) -> None:
    """A warehouse would know what each distributor pays."""
    user: Any = USER_FACTORIES[role].create()
    OrderFactory.create(distributor=user.distributor or DistributorFactory.create(), status=status)
    (line,) = [line for group in order_work(user, list(KINDS)) for line in group.lines]
    assert (line.amount is not None) is has_amount
