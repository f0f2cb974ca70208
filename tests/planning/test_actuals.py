"""Actual sales as the plan sees them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planning.models import SalesActual
from planning.services.actuals import CategorySales, post_sales
from tests.factories.accounts import DistributorFactory, ManagerFactory
from tests.factories.inventory import CategoryFactory
from tests.factories.planning import calendar_year

pytestmark = pytest.mark.django_db


def post(
    distributor: Any, categories: Any, *, manager: Any = None, sign: Any = 1, day: Any = date(2026, 3, 31)
) -> None:
    post_sales(
        distributor_id=distributor.pk,
        manager_id=manager and manager.pk,
        currency="USD",
        day=day,
        sold=[
            CategorySales(
                category_id=category.pk,
                units=2,
                gross=Decimal(10 * place),
                discount=Decimal(1),
                net=Decimal(10 * place - 1),
                cost=Decimal(5),
            )
            for place, category in enumerate(categories, 1)
        ],
        sign=sign,
    )


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
    assert (row.units, row.lines, row.gross_amount, row.net_amount) == (6, 3, 40, 37)
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
    with django_assert_num_queries(1):
        post(distributor, categories)
    assert SalesActual.objects.count() == count
