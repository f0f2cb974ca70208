"""The sheet of a plan costs the same at any size."""

from typing import Any

import pytest
from django.utils import timezone

from catalogue.models import Category
from planning.models import SalesPlan
from planning.selectors.grid import read_grid
from tests.factories.inventory import CategoryFactory
from tests.factories.planning import SalesPlanFactory, SalesPlanMixFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 30])
def test_a_sheet_costs_the_same_at_any_size(count: int, django_assert_num_queries: Any) -> None:
    """A plan of thirty categories opens as fast as one of one."""
    made = SalesPlanFactory(amount=1200)
    for number, category in enumerate(CategoryFactory.create_batch(count)):
        for part in made.periods.all():
            SalesPlanMixFactory(plan_period=part, category=category, amount=100 if number == 0 else 0)
    plan = SalesPlan.objects.select_related("year").get(pk=made.pk)
    with django_assert_num_queries(9):
        grid = read_grid(plan, today=timezone.localdate())
    assert len(grid.rows) == Category.objects.count() == count
    assert sum(row.total for row in grid.rows) == 1200
