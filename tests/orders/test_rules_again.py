"""A rule that made placing legal is asked again wherever something is made of the order later."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.enums import DistributorStatus
from catalogue.enums import ProductStatus
from catalogue.models import BuyingRight
from core.errors import Conflict
from inventory.models import Stock
from orders.fulfilment.services.shipping import ship_order, start_picking
from orders.models import Order
from orders.ordering.enums import OrderSource, OrderStatus
from orders.ordering.services.approval import approve_order
from planning.models import SalesActual
from pricing.models import Price
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db

Breach = Callable[[Stage], None]


def _suspend(people: Stage) -> None:
    people.shop.distributor.status = DistributorStatus.SUSPENDED
    people.shop.distributor.save()


def _take_off_sale(people: Stage) -> None:
    people.shop.products[0].status = ProductStatus.DISCONTINUED
    people.shop.products[0].save()


def _end_right(people: Stage) -> None:
    BuyingRight.objects.update(starts_on=NOW.date() - timedelta(days=9), ends_on=NOW.date() - timedelta(days=1))


def _close_warehouse(people: Stage) -> None:
    people.shop.warehouse.is_active = False
    people.shop.warehouse.save()


def _drop_price(people: Stage) -> None:
    Price.objects.filter(product=people.shop.products[0]).delete()


BREACHES = [
    pytest.param(_suspend, "distributor_suspended", id="distributor"),
    pytest.param(_take_off_sale, "off_sale", id="product"),
    pytest.param(_end_right, "not_authorised", id="right"),
    pytest.param(_close_warehouse, "warehouse_inactive", id="warehouse"),
]


@pytest.mark.parametrize(("breach", "code"), [*BREACHES, pytest.param(_drop_price, "no_price", id="price list")])
def test_an_order_is_not_approved_against_a_rule_of_placing(breach: Breach, code: str) -> None:
    """A distributor was suspended, and its waiting order was approved and counted as sold."""
    people = stage()
    placed = people.placed()
    breach(people)
    with pytest.raises(Conflict) as refusal:
        approve_order(order_id=placed.id, actor=people.manager, now=NOW)
    assert {problem.code for problem in refusal.value.problems} == {code}
    assert Order.objects.get().status == OrderStatus.SUBMITTED
    assert not SalesActual.objects.exists()


@pytest.mark.parametrize(("breach", "code"), BREACHES)
@pytest.mark.parametrize("step", [start_picking, ship_order])
def test_the_warehouse_does_not_go_on_against_a_rule(step: Callable[..., object], breach: Breach, code: str) -> None:
    """Goods left the warehouse for a distributor that was suspended the day before."""
    people = stage()
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    breach(people)
    with pytest.raises(Conflict) as refusal:
        step(order_id=order.pk, actor=people.warehouse, now=NOW)
    assert {problem.code for problem in refusal.value.problems} == {code}
    assert Order.objects.get().status == OrderStatus.APPROVED
    assert {stock.on_hand for stock in Stock.objects.filter(warehouse=people.shop.warehouse)} == {1000}


def test_what_is_shipped_is_asked_and_nothing_else() -> None:
    """One product taken off sale would keep the other lines of its order in the warehouse."""
    people = stage()
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    _take_off_sale(people)
    fine = order.lines.get(product=people.shop.products[1])
    ship_order(order_id=order.pk, actor=people.warehouse, now=NOW, quantities={fine.pk: fine.ordered})
    assert Order.objects.get().status == OrderStatus.PARTLY_SHIPPED


def test_a_price_that_was_agreed_stays_after_approval() -> None:
    """A price list that ends between approval and shipping would stop what was sold."""
    people = stage()
    order = approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)
    Price.objects.all().delete()
    ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
    assert Order.objects.get().status == OrderStatus.SHIPPED


def test_of_an_import_nobody_asked_for_the_right() -> None:
    """The open orders of the old system, where buying rights were never kept, could not be shipped."""
    people = stage()
    placed = people.placed()
    Order.objects.update(source=OrderSource.IMPORT)
    BuyingRight.objects.all().delete()
    approve_order(order_id=placed.id, actor=people.manager, now=NOW)
    _suspend(people)
    with pytest.raises(Conflict):
        ship_order(order_id=placed.id, actor=people.warehouse, now=NOW)
