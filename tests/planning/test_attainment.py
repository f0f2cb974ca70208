"""How distributors, managers and territories stand against plan."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planning.enums import PlanLevel
from planning.selectors.attainment import read_attainment, read_attainment_of_all
from planning.selectors.landing import Progress
from planning.selectors.owners import PlanOwner
from planning.selectors.progress import read_progress_rows
from planning.selectors.quotas import read_quotas
from planning.selectors.sales import sales_by_category, visible_sales
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
)
from tests.factories.planning import SalesActualFactory, SalesPlanFactory, calendar_year

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 15)


@pytest.fixture
def year() -> Any:
    calendar_year(2025)
    return calendar_year(2026)


def sold(distributor: Any, month: date, net: int, **more: Any) -> None:
    SalesActualFactory.create(distributor=distributor, month=month, net_amount=net, gross_amount=net, **more)


def progress(**values: Any) -> Progress:
    given = {
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "today": date(2026, 7, 2),
        "currency": "USD",
        "plan": Decimal(3650),
        "plan_to_date": Decimal(1825),
        "actual": Decimal(1830),
        "last_year": Decimal(3000),
        "last_year_to_date": Decimal(1000),
    }
    return Progress(**{**given, **values})


def test_a_finished_year_lands_where_it_is() -> None:
    """After the year there is nothing left to forecast."""
    now = progress(today=date(2027, 1, 1))
    assert (now.landing, now.required_pace) == (Decimal(1830), None)


def test_plan_and_sales_meet_by_period(year: Any) -> None:
    """The month under way counts by its days; sales in another currency are not mixed in."""
    distributor = DistributorFactory.create()
    SalesPlanFactory.create(distributor=distributor, year=year, amount=Decimal(12000))
    sold(distributor, date(2026, 1, 1), 900)
    sold(distributor, date(2026, 4, 1), 600)
    sold(distributor, date(2026, 4, 1), 5000, currency="EUR")
    sold(distributor, date(2025, 4, 1), 1000)
    owner = PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=distributor.pk)
    found = read_attainment(owner, year=year, today=TODAY, currency="USD")
    assert (found.total.plan, found.total.plan_to_date, found.total.actual) == (12000, 3500, 1500)
    assert (found.total.last_year, found.total.last_year_to_date) == (1000, 500)
    assert found.current is not None
    assert (found.current.plan, found.current.plan_to_date, found.current.actual) == (1000, 500, 600)
    assert found.current.required_pace == Decimal("26.67")
    assert len(found.periods) == 12


def test_somebody_without_a_plan_of_his_own_stands_for_all_he_answers_for(year: Any) -> None:
    """A manager would read that there is no plan, above a list of plans."""
    manager, mine, other = ManagerFactory.create(), DistributorFactory.create(), DistributorFactory.create()
    for distributor in (mine, other):
        ResponsibilityFactory.create(user=manager, distributor=mine, duty=DutyFactory.create())
        SalesPlanFactory.create(distributor=distributor, year=year, amount=Decimal(12000), is_current=True)
        sold(distributor, date(2026, 1, 1), 900)
        sold(distributor, date(2025, 4, 1), 1000)
    found = read_attainment_of_all(manager, year=year, today=TODAY, currency="USD")
    assert (found.total.plan, found.total.actual, found.total.last_year) == (12000, 900, 1000)


def test_a_territory_counts_those_below_it(year: Any) -> None:
    """A region's figure must contain its districts."""
    region = TerritoryFactory.create()
    district = TerritoryFactory.create(parent=region)
    sold(DistributorFactory.create(territory=district), date(2026, 1, 1), 70)
    sold(DistributorFactory.create(territory=region), date(2026, 1, 1), 30)
    sold(DistributorFactory.create(), date(2026, 1, 1), 500)
    owner = PlanOwner(level=PlanLevel.TERRITORY, territory_id=region.pk)
    assert read_attainment(owner, year=year, today=TODAY, currency="USD").total.actual == 100
    rows = read_progress_rows(PlanLevel.TERRITORY, [region.pk, district.pk], year=year, today=TODAY, currency="USD")
    assert {row.pk: row.progress.actual for row in rows} == {region.pk: 100, district.pk: 70}
    company = read_attainment(PlanOwner(level=PlanLevel.COMPANY), year=year, today=TODAY, currency="USD")
    assert company.total.actual == 600


@pytest.mark.parametrize("count", [1, 30])
def test_one_and_many_cost_the_same_and_say_the_same(year: Any, count: int, django_assert_num_queries: Any) -> None:
    """The list of all distributors must agree with each one's page, and stay quick."""
    distributors = DistributorFactory.create_batch(count)
    for place, distributor in enumerate(distributors, 1):
        SalesPlanFactory.create(distributor=distributor, year=year, amount=Decimal(1200 * place))
        sold(distributor, date(2026, 2, 1), 10 * place)
        sold(distributor, date(2025, 4, 1), 7 * place)
    ids = [distributor.pk for distributor in distributors]
    with django_assert_num_queries(4):
        rows = read_progress_rows(PlanLevel.DISTRIBUTOR, ids, year=year, today=TODAY)
    owner = PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=ids[-1])
    with django_assert_num_queries(7):
        alone = read_attainment(owner, year=year, today=TODAY, currency="USD")
    listed = next(row for row in rows if row.pk == ids[-1]).progress
    assert listed.plan_to_date is not None
    assert round(listed.plan_to_date, 4) == round(alone.total.plan_to_date or 0, 4)
    assert (listed.plan, listed.actual, listed.last_year) == (
        alone.total.plan,
        alone.total.actual,
        alone.total.last_year,
    )


def test_quotas_are_by_manager_and_period(year: Any) -> None:
    """A manager's quota counts what was sold under their name, whoever the distributor is."""
    manager, other, distributor = ManagerFactory.create(), ManagerFactory.create(), DistributorFactory.create()
    SalesPlanFactory.create(level="manager", manager=manager, distributor=None, year=year, amount=Decimal(1200))
    sold(distributor, date(2026, 1, 1), 40, manager=manager)
    sold(DistributorFactory.create(), date(2026, 1, 1), 10, manager=manager)
    sold(distributor, date(2026, 1, 1), 500, manager=other)
    first, second, *_rest = read_quotas(DirectorFactory.create())
    assert (first.plan, first.actual, first.attainment) == (100, 50, Decimal("0.5"))
    assert (second.actual, second.attainment) == (0, 0)
    assert read_quotas(other) == []
    assert len(read_quotas(manager)) == 12
    (row,) = read_progress_rows(PlanLevel.MANAGER, [manager.pk], year=year, today=TODAY, currency="USD")
    assert (row.progress.actual, row.progress.plan) == (50, 1200)


def test_sums_are_of_what_one_may_see(year: Any) -> None:
    """A distributor must never see another's sales, not even in a sum."""
    assert year
    mine, other = DistributorFactory.create(), DistributorFactory.create()
    sold(mine, date(2026, 1, 1), 40)
    sold(mine, date(2026, 2, 1), 10)
    sold(other, date(2026, 1, 1), 500)
    everything = visible_sales(DirectorFactory.create(), first=date(2026, 1, 1), last=date(2026, 12, 31))
    own = visible_sales(OwnerFactory.create(distributor=mine))
    assert sum(row.net for row in sales_by_category(everything)) == 550
    assert sum(row.net for row in sales_by_category(own)) == 50


@pytest.mark.parametrize("count", [1, 30])
def test_quotas_of_one_and_many_cost_one_query(year: Any, count: int, django_assert_num_queries: Any) -> None:
    """A page of all managers must not ask for each of them."""
    for manager in ManagerFactory.create_batch(count):
        SalesPlanFactory.create(level="manager", manager=manager, distributor=None, year=year, amount=Decimal(1200))
    director = DirectorFactory.create()
    with django_assert_num_queries(1):
        assert len(read_quotas(director)) == 12 * count
