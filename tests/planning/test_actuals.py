"""Actual sales as the plan sees them."""

from datetime import date
from typing import Any

import pytest

from company.models import BusinessYear
from company.selectors import period_id_on
from planning.enums import PlanLevel, SalesBasis
from planning.models import SalesActual
from planning.selectors.owners import PlanOwner, actuals_of
from planning.selectors.progress import read_progress_rows
from planning.services.actuals import post_actual_sales
from tests.factories.accounts import DistributorFactory, ManagerFactory
from tests.factories.inventory import CategoryFactory
from tests.factories.planning import calendar_year

pytestmark = pytest.mark.django_db


SOLD = """(
    SELECT %(distributor)s::bigint AS distributor_id, %(manager)s::bigint AS manager_id, category AS category_id,
           %(day)s::date AS day, %(period)s::bigint AS period_id, 'USD' AS currency, %(basis)s AS basis,
           2 * %(sign)s AS units, %(sign)s AS lines, 10 * %(sign)s::numeric AS gross_amount,
           %(sign)s::numeric AS discount_amount, 9 * %(sign)s::numeric AS net_amount,
           5 * %(sign)s::numeric AS cost_amount_company
    FROM unnest(%(categories)s::bigint[]) AS category
)"""


def post(
    distributor: Any,
    categories: Any,
    *,
    manager: Any = None,
    sign: int = 1,
    day: date = date(2026, 3, 31),
    basis: str = SalesBasis.ORDERED,
) -> None:
    parameters = {
        "distributor": distributor.pk,
        "manager": manager and manager.pk,
        "day": day,
        "period": period_id_on(day),
        "basis": basis,
        "sign": sign,
        "categories": [category.pk for category in categories],
    }
    post_actual_sales(sold=SOLD, parameters=parameters)


@pytest.mark.parametrize("managed", [True, False])
def test_orders_of_one_month_add_up_and_can_be_taken_back(managed: Any) -> None:
    """A cancelled order must leave no sales behind, with or without a manager."""
    calendar_year(2026)
    distributor, category = DistributorFactory.create(), CategoryFactory.create()
    manager = ManagerFactory.create() if managed else None
    post(distributor, [category, category], manager=manager)
    post(distributor, [category], manager=manager, day=date(2026, 3, 1))
    row = SalesActual.objects.get()
    assert (row.month, row.period.number) == (date(2026, 3, 1), 3)
    assert (row.units, row.lines, row.gross_amount, row.net_amount) == (6, 3, 30, 27)
    post(distributor, [category, category], manager=manager, sign=-1)
    post(distributor, [category], manager=manager, sign=-1)
    row.refresh_from_db()
    assert (row.units, row.lines, row.net_amount, row.cost_amount_company) == (0, 0, 0, 0)


def test_a_day_without_a_business_year_is_still_counted() -> None:
    """Sales must not be lost because nobody opened the year."""
    distributor, category = DistributorFactory.create(), CategoryFactory.create()
    for _ in range(2):
        post(distributor, [category], day=date(1999, 3, 31))
    assert SalesActual.objects.get().period_id is None


@pytest.mark.parametrize("count", [1, 30])
def test_posting_costs_one_statement(count: int, django_assert_num_queries: Any) -> None:
    """Approving a long order must be as fast as a short one."""
    distributor, categories = DistributorFactory.create(), CategoryFactory.create_batch(count)
    with django_assert_num_queries(2):  # the period and the posting
        post(distributor, categories)
    assert SalesActual.objects.count() == count


def test_bases_are_never_added() -> None:
    """What was ordered, shipped and invoiced would count three times once invoices post as well."""
    calendar_year(2026)
    distributor, category = DistributorFactory.create(), CategoryFactory.create()
    for basis in SalesBasis.values:
        post(distributor, [category], basis=basis)
    assert SalesActual.objects.count() == len(SalesBasis.values)
    assert SalesActual.objects.ordered_sales().get().net_amount == 9
    owner = PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=distributor.pk)
    assert [row.net_amount for row in actuals_of(owner)] == [9]
    year = BusinessYear.objects.get()
    (row,) = read_progress_rows(PlanLevel.DISTRIBUTOR, [distributor.pk], year=year, today=date(2026, 12, 31))
    assert row.progress.actual == 9
