"""Pages of plans, prices and attainment, as people use them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from planning.models import SalesPlan
from pricing.models import Price
from tests.factories.accounts import BuyerFactory, DirectorFactory, DistributorFactory, ManagerFactory, OwnerFactory
from tests.factories.inventory import BuyingRightFactory, CategoryFactory
from tests.factories.planning import (
    PriceFactory,
    PriceListFactory,
    SalesActualFactory,
    SalesPlanFactory,
    SalesPlanMixFactory,
    calendar_year,
)

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sheet_of(client: Client, plan: SalesPlan) -> dict[str, Any]:
    """What the browser would send of the sheet unchanged."""
    form = client.get(reverse("planning:plan", args=[plan.pk])).context["form"]
    return {name: field.initial for name, field in form.fields.items() if field.initial is not None}


def test_a_draft_is_typed_into_and_saved_without_javascript() -> None:
    """The manager changes one month and sees the year follow."""
    plan, client = SalesPlanFactory(amount=Decimal(1200)), client_of(DirectorFactory())
    sheet = sheet_of(client, plan)
    first = next(name for name in sheet if name.startswith("cell-"))
    url = reverse("planning:plan", args=[plan.pk])
    saved = client.post(url, {**sheet, first: "150", "do": "save", "version": "1"})
    assert saved.status_code == 302
    plan.refresh_from_db()
    assert plan.amount == 1250


def test_a_wrong_cell_is_told_and_nothing_typed_is_lost() -> None:
    """Sixty figures typed must not vanish because of one."""
    plan, client = SalesPlanFactory(amount=Decimal(1200)), client_of(DirectorFactory())
    sheet = sheet_of(client, plan)
    first, second, *_rest = [name for name in sheet if name.startswith("cell-")]
    url = reverse("planning:plan", args=[plan.pk])
    refused = client.post(url, {**sheet, first: "-5", second: "777", "do": "save", "version": "1"})
    assert refused.status_code == 400
    assert first in refused.context["form"].errors
    assert 'value="777"' in refused.content.decode()
    stale = client.post(url, {**sheet, "do": "save", "version": "9"})
    assert stale.status_code == 400
    assert stale.context["form"].non_field_errors()


def test_the_year_is_spread_over_what_is_not_kept() -> None:
    """A locked cell stays when the year is raised."""
    plan, client = SalesPlanFactory(amount=Decimal(1200)), client_of(DirectorFactory())
    sheet = sheet_of(client, plan)
    first = next(name for name in sheet if name.startswith("cell-"))
    url = reverse("planning:plan", args=[plan.pk])
    spread = {**sheet, f"keep-{first}": "on", "amount": "2300", "do": "spread", "version": "1"}
    assert client.post(url, spread).status_code == 302
    amounts = list(plan.periods.order_by("period__number").values_list("amount", flat=True))
    assert amounts == [100] + [200] * 11


def test_the_sheet_shows_mix_last_year_and_what_is_left_of_the_plan_above() -> None:
    """Without the margin nobody sees that the territory does not add up yet."""
    calendar_year(2025)
    above = SalesPlanFactory(level="company", distributor=None, amount=Decimal(2400))
    plan = SalesPlanFactory(parent=above, amount=Decimal(1200))
    tea = CategoryFactory(name="Tea")
    for part in plan.periods.all():
        SalesPlanMixFactory(plan_period=part, category=tea)
    SalesActualFactory(distributor=plan.distributor, month=date(2025, 3, 1), net_amount=77, category=tea)
    page = client_of(DirectorFactory()).get(reverse("planning:plan", args=[plan.pk]))
    grid = page.context["grid"]
    assert [row.label for row in grid.rows] == ["Tea"]
    assert grid.rows[0].cells[2].last_year == 77
    assert [head.above for head in grid.heads] == [100] * 12
    assert "Unallocated in parent plan" in page.content.decode()


def test_a_plan_on_a_parent_category_is_compared_with_all_that_lies_below() -> None:
    """Who plans by the group saw nothing of last year, and planned as if the group were new."""
    calendar_year(2025)
    plan = SalesPlanFactory(amount=Decimal(1200))
    drinks = CategoryFactory(name="Drinks")
    tea = CategoryFactory(name="Tea", parent=drinks)
    green, other = CategoryFactory(name="Green tea", parent=tea), CategoryFactory(name="Pots")
    for part in plan.periods.all():
        SalesPlanMixFactory(plan_period=part, category=drinks)
    for number, category in enumerate((drinks, tea, green, other)):
        SalesActualFactory(
            distributor=plan.distributor, month=date(2025, 3, 1), net_amount=10**number, category=category
        )
    grid = client_of(DirectorFactory()).get(reverse("planning:plan", args=[plan.pk])).context["grid"]
    assert [(row.label, row.last_year) for row in grid.rows] == [("Drinks", 111)]
    assert grid.heads[2].last_year == 1111


def test_an_agreed_plan_cannot_be_typed_into() -> None:
    """A promise is not changed by a slip of the keyboard."""
    plan = SalesPlanFactory(status="agreed")
    client = client_of(DirectorFactory())
    page = client.get(reverse("planning:plan", args=[plan.pk]))
    assert page.context["form"] is None
    labels = [str(step.label) for step in page.context["next_steps"]]
    assert labels == ["Lock plan", "Create new version"]
    again = client.post(reverse("planning:plan-reopen", args=[plan.pk]), {"reason": "merger"})
    assert again.status_code == 302
    assert SalesPlan.objects.get(is_current=True).revision == 2


def test_a_plan_is_started_from_the_form() -> None:
    """The first step of the year."""
    year, distributor, client = calendar_year(2026), DistributorFactory(), client_of(DirectorFactory())
    wish = {"level": "distributor", "year": year.pk, "amount": "1200", "currency": "USD"}
    url = reverse("planning:plan-new")
    missing = client.post(url, wish)
    assert missing.status_code == 400
    assert "distributor" in missing.context["form"].errors
    assert client.post(url, {**wish, "distributor": distributor.code}).status_code == 302
    assert client.post(url, {**wish, "distributor": distributor.code}).status_code == 409
    assert SalesPlan.objects.get().distributor == distributor


def test_everybody_sees_how_it_stands_in_own_scope() -> None:
    """The director the channel, the distributor itself."""
    year = calendar_year(2026)
    mine, other = SalesPlanFactory(year=year), SalesPlanFactory(year=year)
    SalesActualFactory(distributor=mine.distributor, net_amount=600)
    url = reverse("planning:attainment") + "?year=2026"
    everything = client_of(DirectorFactory()).get(url).content.decode()
    assert mine.distributor.name in everything
    assert other.distributor.name in everything
    owner = client_of(OwnerFactory(distributor=mine.distributor))
    own = owner.get(url).content.decode()
    assert mine.distributor.name in own
    assert other.distributor.name not in own
    assert owner.get(reverse("planning:distributor-attainment", args=[other.distributor.code])).status_code == 404
    page = owner.get(reverse("planning:distributor-attainment", args=[mine.distributor.code]) + "?year=2026")
    assert "600 of" in page.content.decode()


def test_quotas_are_listed() -> None:
    """A manager sees the own quota, period by period."""
    manager = ManagerFactory()
    SalesPlanFactory(level="manager", manager=manager, distributor=None)
    page = client_of(manager).get(reverse("planning:quotas") + "?year=2026")
    assert len(page.context["quotas"]) == 12
    assert client_of(OwnerFactory()).get(reverse("planning:quotas")).status_code == 403


def test_a_distributor_sees_why_it_pays_what_it_pays() -> None:
    """And none of the lists behind it."""
    distributor = DistributorFactory()
    shelf = PriceListFactory(name="Standard")
    price = PriceFactory(price_list=shelf, amount=Decimal("9.5"))
    PriceFactory(product=price.product, price_list=shelf, from_quantity=24, amount=9)
    BuyingRightFactory(distributor=distributor, brand=price.product.brand)
    url = reverse("pricing:product-prices", args=[price.product.code])
    page = client_of(BuyerFactory(distributor=distributor)).get(url)
    text = page.content.decode()
    assert "Standard, for all" in text
    assert "from 24 pieces: 9.00" in text
    assert len(page.context["steps"]) == 2
    assert list(page.context["prices"]) == []


def test_a_price_is_set_from_the_form() -> None:
    """And the old one ends the day before."""
    old, client = PriceFactory(), client_of(DirectorFactory())
    assert client.get(reverse("pricing:price-list", args=[old.price_list.code])).status_code == 200
    assert old.product.code in client.get(reverse("pricing:prices")).content.decode()
    wish = {
        "price_list": old.price_list.code,
        "product": old.product.code,
        "amount": "12.5",
        "from_quantity": "1",
        "starts_on": "2027-01-01",
    }
    assert client.post(reverse("pricing:price-set"), wish).status_code == 302
    assert Price.objects.count() == 2
    assert client_of(ManagerFactory()).get(reverse("pricing:price-set")).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_at_any_size(count: int, django_assert_max_num_queries: Any) -> None:
    """A channel of thousands opens as fast as one of ten."""
    year = calendar_year(2026)
    for plan in SalesPlanFactory.create_batch(count, year=year):
        SalesActualFactory(distributor=plan.distributor)
        PriceFactory()
    client = client_of(DirectorFactory())
    for name, most in (
        ("planning:plans", 12),
        ("planning:attainment", 22),  # four of them say what it is sorted by
        ("pricing:price-lists", 9),
        ("pricing:prices", 10),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(name)).status_code == 200
