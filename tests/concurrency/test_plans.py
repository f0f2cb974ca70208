"""Two people at one plan: one is done, the other hears that somebody was quicker. Nothing typed is lost unseen.

The twin without the lock shows that the race is real.
"""

from decimal import Decimal
from typing import Any

import pytest

from core.errors import StaleVersion
from planning.models import SalesPlan
from planning.selectors.invariants import INVARIANTS
from planning.services.save_plan import save_plan_cells
from tests.concurrency.together import Unlocked, failed, succeeded, together
from tests.factories.accounts import DirectorFactory
from tests.factories.planning import SalesPlanFactory
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def two_save(plan: SalesPlan, previous_period: Unlocked | None = None) -> list[Any]:
    """Each raises another month of the edition that both have on their screens."""
    director = DirectorFactory.create()
    first, second = plan.periods.order_by("period__number")[:2]

    def save(period_id: int) -> SalesPlan:
        cells = {(period_id, None): Decimal(5000)}
        return save_plan_cells(plan_id=plan.pk, cells=cells, actor=director, expected_version=plan.version)

    return together(lambda: save(first.period_id), lambda: save(second.period_id), previous_period=previous_period)


def test_of_two_who_change_one_edition_the_second_hears_it() -> None:
    """The month that the first one raised would be put back by the second, and nobody would know."""
    plan = SalesPlanFactory.create(amount=Decimal(1200))
    results = two_save(plan)
    assert len(succeeded(results)) == 1, results
    assert [type(error) for error in failed(results)] == [StaleVersion]
    assert plan.periods.filter(amount=5000).count() == 1
    assert offending_rows(INVARIANTS) == {}


def test_twin_without_the_lock_both_believe_they_had_the_last_edition() -> None:
    """The race is real: neither is told that somebody was quicker; the plan holds together only by its constraints."""
    plan = SalesPlanFactory.create(amount=Decimal(1200))
    results = two_save(plan, Unlocked(SalesPlan))
    assert StaleVersion not in [type(error) for error in failed(results)]
