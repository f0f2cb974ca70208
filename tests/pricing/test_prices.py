"""The price a distributor pays, and why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pricing.enums import PriceScope
from pricing.models import PriceList
from pricing.selectors.prices import catalogue_prices, price_lines
from tests.factories.accounts import DirectorFactory, DistributorFactory, TerritoryFactory, TierFactory
from tests.factories.inventory import ProductFactory
from tests.factories.planning import PriceFactory, PriceListFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def buyer() -> Any:
    country = TerritoryFactory.create()
    region = TerritoryFactory.create(parent=country)
    return DistributorFactory.create(territory=region, tier=TierFactory.create(), channel_kind="retail", currency="USD")


def price(buyer: Any, product: Any, quantity: Any = 1, on: Any = DAY) -> Any:
    (line,) = price_lines(distributor_id=buyer.pk, product_ids=[product.pk], quantities=[quantity], on=on)
    return line


def test_the_more_particular_list_decides(buyer: Any) -> None:
    """A distributor with agreed prices must not be charged the general ones."""
    product = ProductFactory.create()
    scopes = [
        {},
        {"channel_kind": "retail"},
        {"tier": buyer.tier},
        {"territory": buyer.territory.parent},
        {"territory": buyer.territory},
        {"distributor": buyer},
    ]
    for amount, scope in enumerate(scopes, 1):
        PriceFactory.create(
            product=product, amount=amount, price_list=PriceListFactory.create(priority=-amount, **scope)
        )
        line = price(buyer, product)
        assert line.amount == amount
        assert line.scope == (next(iter(scope), "all"))


def test_lists_of_others_never_decide(buyer: Any) -> None:
    """Nobody may buy at, or see, a price made for somebody else."""
    product, other = (
        ProductFactory.create(),
        DistributorFactory.create(tier=TierFactory.create(), territory=TerritoryFactory.create()),
    )
    for scope in (
        {"distributor": other},
        {"territory": other.territory},
        {"tier": other.tier},
        {"channel_kind": "wholesale"},
        {"currency": "EUR"},
        {"is_active": False},
    ):
        PriceFactory.create(product=product, price_list=PriceListFactory.create(**scope))
    line = price(buyer, product)
    assert (line.price_id, line.amount, line.reason) == (None, None, "No price")


def test_among_equal_lists_priority_then_code_decides(buyer: Any) -> None:
    """Two lists for the same people must give the same price every time."""
    product = ProductFactory.create()
    for code, priority in (("B", 0), ("A", 0), ("C", 1)):
        PriceFactory.create(product=product, price_list=PriceListFactory.create(code=code, priority=priority))
    assert price(buyer, product).list_code == "C"
    PriceListFactory._meta.model.objects.filter(code="C").update(priority=0)
    assert price(buyer, product).list_code == "A"


def test_the_largest_step_reached_counts_and_the_next_is_told(buyer: Any) -> None:
    """Who orders more pays the step price, and is told what a little more would bring."""
    product, shelf = ProductFactory.create(), PriceListFactory.create(name="Standard")
    for step, amount in ((1, "10"), (12, "9.75"), (24, "9.5")):
        PriceFactory.create(product=product, price_list=shelf, from_quantity=step, amount=Decimal(amount))
    line = price(buyer, product, 12)
    assert line.amount == Decimal("9.75")
    assert line.reason == "Standard, for all · from 12 pieces"
    assert line.next_step == "from 24 pieces: 9.50"
    assert price(buyer, product, 24).next_step == ""


def test_a_particular_list_without_a_fitting_step_gives_way(buyer: Any) -> None:
    """An agreement from ten pieces on must not leave five pieces without a price; the step is still told."""
    product = ProductFactory.create()
    PriceFactory.create(product=product, amount=10)
    PriceFactory.create(
        product=product, amount=8, from_quantity=10, price_list=PriceListFactory.create(distributor=buyer)
    )
    line = price(buyer, product, 5)
    assert (line.amount, line.scope, line.next_quantity, line.next_amount) == (10, PriceScope.ALL, 10, 8)


def test_both_days_of_a_price_count(buyer: Any) -> None:
    """The price of a day is the one that was agreed for that day."""
    product, shelf = ProductFactory.create(), PriceListFactory.create()
    PriceFactory.create(
        product=product, price_list=shelf, amount=1, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 4)
    )
    PriceFactory.create(product=product, price_list=shelf, amount=2, starts_on=date(2026, 5, 5))
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)]
    assert [price(buyer, product, on=day).amount for day in days] == [None, 1, 1, 2]


def test_lines_come_back_as_they_were_asked(buyer: Any) -> None:
    """A price beside the wrong line is worse than none."""
    first, second = PriceFactory.create(amount=1).product, PriceFactory.create(amount=2).product
    lines = price_lines(
        distributor_id=buyer.pk, product_ids=[second.pk, first.pk, second.pk], quantities=[1, 2, 3], on=DAY
    )
    assert [(line.product_id, line.quantity, line.amount) for line in lines] == [
        (second.pk, 1, 2),
        (first.pk, 2, 1),
        (second.pk, 3, 2),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_prices_cost_one_query(count: int, buyer: Any, django_assert_num_queries: Any) -> None:
    """A long order must show its prices as fast as a short one."""
    shelf = PriceListFactory.create()
    products = [PriceFactory.create(price_list=shelf).product_id for _ in range(count)]
    with django_assert_num_queries(1):
        found = catalogue_prices(distributor_id=buyer.pk, product_ids=products, on=DAY)
    assert set(found) == set(products)


def test_only_the_sellers_lists_decide(buyer: Any) -> None:
    """What a distributor asks of its own customers would be charged by the company, or be the brand owner's to see."""
    product = ProductFactory.create()
    theirs = PriceListFactory.create(owner=DistributorFactory.create(), distributor=buyer)
    PriceFactory.create(product=product, amount=3, price_list=theirs)
    assert price(buyer, product).amount is None
    PriceFactory.create(product=product, amount=9)
    assert price(buyer, product).amount == 9
    assert theirs not in PriceList.objects.visible_to(DirectorFactory.create())
    with pytest.raises(IntegrityError, match="price_list_not_for_its_owner"), transaction.atomic():
        PriceListFactory.create(owner=buyer, distributor=buyer)
