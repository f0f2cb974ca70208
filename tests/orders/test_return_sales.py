"""What shipments and returns have in the actual sales."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from core.registry import registry
from orders.fulfilment.services.receiving import receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, Shipment
from orders.ordering.services.approval import approve_order
from orders.ordering.services.sales import count_all_sales, recount_sales
from orders.returns.models import Return
from orders.returns.services.inspecting import InspectedPieces, inspect_return
from orders.returns.services.moving import receive_return
from orders.returns.services.requesting import AskedGoods, request_return
from planning.models import SalesActual
from tests.factories.inventory import CategoryFactory
from tests.factories.orders import add_up
from tests.factories.returns import ReturnPolicyFactory, return_rate, returns_warehouse
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def sums(basis: str, **more: Any) -> tuple[int, int, Decimal]:
    found = SalesActual.objects.filter(basis=basis, **more).aggregate(
        units=Sum("units"), lines=Sum("lines"), net=Sum("net_amount")
    )
    return found["units"] or 0, found["lines"] or 0, found["net"] or Decimal(0)


def sold(people: Stage, pieces: int = 6) -> Order:
    return approve_order(order_id=people.placed(pieces).id, actor=people.manager, now=NOW)


def shipped(people: Stage, order: Order, pieces: int) -> Shipment:
    lines = {line.pk: pieces for line in order.lines.all()}
    return ship_order(order_id=order.pk, actor=people.warehouse, now=NOW, quantities=lines)


def checked() -> None:
    assert offending_rows(one for one in registry.invariants if one.name.startswith(("orders.", "returns."))) == {}


def returned(people: Stage, order: Order, pieces: int, now: Any = NOW) -> Return:
    ReturnPolicyFactory.create()
    return_rate(people.shop.distributor, "1")
    asked = request_return(
        distributor_id=people.shop.distributor.pk,
        goods=[AskedGoods(order_line_id=line.pk, pieces=pieces, reason="unsold") for line in order.lines.all()],
        actor=people.buyer,
        now=now,
    )
    place = returns_warehouse()
    receive_return(return_id=asked.pk, warehouse_id=place.pk, actor=people.warehouse, now=now)
    goods = [
        InspectedPieces(line_id=line.pk, pieces=pieces, disposition="restocked", warehouse_id=people.shop.warehouse.pk)
        for line in asked.lines.all()
    ]
    return inspect_return(return_id=asked.pk, goods=goods, actor=people.warehouse, now=now)


def test_a_shipment_posts_its_share_when_it_leaves() -> None:
    """Sales by shipment would be empty, or lose a cent at every part."""
    people = stage(products=1)
    order = sold(people)
    line = order.lines.get()
    line.discount_amount, line.net_amount = Decimal("50.00"), Decimal("10.00")
    assert sums("shipped") == (0, 0, Decimal(0))
    order.lines.update(cost_amount_company=Decimal("10.00"))
    add_up(order)
    amounts = [shipped(people, order, 2).lines.get() for _ in range(3)]
    assert [one.cost_amount_company for one in amounts] == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]
    assert sums("shipped") == (6, 3, Decimal(60))
    assert sums("ordered")[2] == Decimal(60)


def test_a_return_takes_back_on_its_own_day_what_was_sold() -> None:
    """Attainment would count goods that are back in our warehouse, or a closed month would change."""
    people = stage(products=1)
    order = sold(people)
    shipment = shipped(people, order, 6)
    receive_shipment(shipment_id=shipment.pk, actor=people.keeper, now=NOW)
    line = order.lines.get()
    category = line.category_id
    line.product.category = CategoryFactory.create()
    line.product.save()

    later = NOW + timedelta(days=10)
    done = returned(people, order, 2, now=later)
    assert done.inspected_on == date(2026, 12, 6)
    for basis in ("ordered", "shipped"):
        assert sums(basis, month=date(2026, 11, 1)) == (6, 1, Decimal(60))
        assert sums(basis, month=date(2026, 12, 1), category=category) == (-2, 0, Decimal(-20))
    row = SalesActual.objects.get(basis="ordered", month=date(2026, 12, 1))
    assert (row.currency, row.manager_id, row.period_id) == (order.currency, order.manager_id, done.sales_period_id)
    checked()


def test_counting_all_anew_finds_what_was_posted() -> None:
    """An import would wipe out what shipments and returns had posted."""
    people = stage(products=2)
    order = sold(people)
    shipment = shipped(people, order, 4)
    receive_shipment(shipment_id=shipment.pk, actor=people.keeper, now=NOW)
    returned(people, order, 1)
    before = [sums("ordered"), sums("shipped")]
    assert before == [(10, 2, Decimal(100)), (6, 2, Decimal(60))]
    recount_sales(distributors=None)
    assert [sums("ordered"), sums("shipped")] == before
    SalesActual.objects.all().delete()
    count_all_sales()
    assert [sums("ordered"), sums("shipped")] == before
    checked()
