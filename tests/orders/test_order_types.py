"""Order types and gifts: what follows from the switches, from the quote to the actual sales."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from orders.models import LineAdjustment, Order, OrderLine
from orders.ordering.enums import AdjustmentKind
from orders.ordering.errors import OrderRefused
from orders.ordering.models import OrderType
from orders.ordering.services.approval import approve_order
from orders.ordering.services.checking import check_order
from orders.ordering.services.order_types import ensure_order_types
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from planning.models import SalesActual
from tests.factories.planning import calendar_year
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def of_type(code: str) -> OrderType:
    ensure_order_types()
    return OrderType.objects.get(code=code)


def placed(people: Stage, code: str, quantity: int = 5) -> Order:
    made = place_order(
        distributor_id=people.shop.distributor.pk,
        actor=people.buyer,
        lines=people.shop.wishes(quantity),
        now=timezone.now(),
        type_id=of_type(code).pk,
    )
    return Order.objects.get(pk=made.id)


def test_each_type_has_its_consequences() -> None:
    """A sample would be invoiced, counted towards the plan, or refused for want of a price."""
    calendar_year(timezone.localdate().year)
    people = stage(products=2)
    normal, sample = placed(people, "normal"), placed(people, "sample")
    OrderType.objects.filter(code="normal").update(counts_as_sale=False)  # for later orders only
    assert (normal.net_amount, normal.discount_amount, normal.counts_as_sale) == (Decimal(100), 0, True)
    assert (sample.gross_amount, sample.discount_amount, sample.net_amount) == (Decimal(100), Decimal(100), 0)
    assert (sample.uses_credit, sample.is_taxed, sample.counts_as_sale) == (False, False, False)
    taken = LineAdjustment.objects.filter(line__order=sample).values_list("kind", "amount")
    assert list(taken) == [(AdjustmentKind.FREE, Decimal(-50))] * 2
    for order in (normal, sample):
        approve_order(order_id=order.pk, actor=people.manager, now=timezone.now())
    assert sum(SalesActual.objects.values_list("units", flat=True)) == 10  # those of the normal order alone

    people.shop.products[0].prices.all().delete()
    assert placed(people, "sample").net_amount == 0
    with refused(OrderRefused) as refusal:
        placed(people, "normal")
    assert [problem.code for problem in refusal.value.problems] == ["no_price"]
    with refused(OrderRefused) as refusal:
        placed(people, "replacement")
    assert [problem.code for problem in refusal.value.problems] == ["order_type_not_allowed"]


def test_a_gift_is_free_and_tied_to_the_line_that_earned_it() -> None:
    """A gift would be charged, sold, given by whoever likes, or left behind when the line that earned it goes."""
    people = stage(products=2)
    bought, given = people.shop.products
    lines = [
        LineInput(bought.code, 10),
        LineInput(bought.pk, 1, gift_with=bought.code),
        LineInput(given.pk, 2, gift_with=bought.pk),
    ]

    def order() -> Order:
        made = place_order(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=lines, now=NOW)
        return Order.objects.get(pk=made.id)

    with refused(OrderRefused) as refusal:
        order()
    assert [problem.code for problem in refusal.value.problems] == ["gift_not_allowed"]
    gift_type = of_type("gift")
    OrderType.objects.filter(pk=gift_type.pk).update(roles=[*gift_type.roles, Role.BUYER])

    made = order()
    earning, *gifts = OrderLine.objects.filter(order=made).order_by("position")
    assert {gift.gift_of_id for gift in gifts} == {earning.pk}
    assert [(gift.ordered, gift.net_amount) for gift in gifts] == [(1, 0), (2, 0)]
    assert (made.net_amount, made.discount_amount) == (Decimal(100), Decimal(30))
    kinds = LineAdjustment.objects.filter(line__in=gifts).values_list("kind", "amount")
    assert sorted(kinds) == [(AdjustmentKind.GIFT, Decimal(-20)), (AdjustmentKind.GIFT, Decimal(-10))]
    assert people.shop.stock_of(bought).reserved == 11
    stranger = order().lines.get(position=1)

    lines[2] = lines[2]._replace(gift_with="nothing")
    quote = check_order(distributor_id=people.shop.distributor.pk, actor=people.buyer, lines=lines, now=NOW)
    assert [[problem.code for problem in line.problems] for line in quote.lines] == [[], [], ["gift_without_line"]]

    for wrong in (stranger, gifts[1]):
        with pytest.raises(IntegrityError, match="gift_of_its_order"), transaction.atomic():
            OrderLine.objects.filter(pk=gifts[0].pk).update(gift_of=wrong)
    with pytest.raises(IntegrityError, match="order_line_gift_free"), transaction.atomic():
        OrderLine.objects.filter(pk=made.lines.get(position=1).pk).update(gift_of=gifts[0])
