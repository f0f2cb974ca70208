"""The database itself refuses plans whose figures lie."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from planning.enums import PlanLevel, PlanStatus
from planning.models import SalesPlan, SalesPlanPeriod
from planning.selectors.invariants import INVARIANTS
from tests.factories.accounts import TerritoryFactory
from tests.factories.planning import SalesPlanFactory, SalesPlanMixFactory
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def commit() -> None:
    """Fire what waits for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def plan() -> Any:
    made = SalesPlanFactory.create(amount=Decimal(1200))
    commit()
    return made


def refused(name: str, check: str, change: Any) -> None:
    """The change is refused at the end of the transaction, and the check would have found it."""

    def change_and_commit() -> None:
        with transaction.atomic():
            change()
            assert f"planning.{check}" in offending_rows(INVARIANTS)
            commit()

    with pytest.raises(IntegrityError, match=name):
        change_and_commit()


def test_the_months_add_up_to_the_year(plan: Any) -> None:
    """A distributor must not be held to a year that its months do not say."""
    first = plan.periods.first()
    refused(
        "periods of a plan",
        "periods_add_up_to_the_plan",
        lambda: SalesPlanPeriod.objects.filter(pk=first.pk).update(amount=1),
    )
    refused(
        "periods of a plan",
        "periods_add_up_to_the_plan",
        lambda: SalesPlan.objects.filter(pk=plan.pk).update(amount=1),
    )
    refused("periods of a plan", "periods_add_up_to_the_plan", first.delete)
    refused(
        "periods of a plan",
        "periods_add_up_to_the_plan",
        lambda: SalesPlanFactory.create(distributor=plan.distributor, revision=2, is_current=False, with_periods=False),
    )


def test_the_mix_adds_up_to_its_month(plan: Any) -> None:
    """The categories of a month must say what the month says."""
    first = plan.periods.first()
    SalesPlanMixFactory.create(plan_period=first, amount=first.amount)
    commit()
    refused(
        "product mix",
        "mix_adds_up_to_the_period",
        lambda: SalesPlanMixFactory.create(plan_period=first, amount=1),
    )
    refused("product mix", "mix_adds_up_to_the_period", lambda: first.mix.update(amount=1))


def test_the_distributors_add_up_to_an_agreed_territory(plan: Any) -> None:
    """A territory's promise must be what its distributors promised; a draft may still differ."""
    above = SalesPlanFactory.create(
        level=PlanLevel.TERRITORY, territory=TerritoryFactory.create(), distributor=None, amount=Decimal(2400)
    )
    SalesPlan.objects.filter(pk=plan.pk).update(parent=above)
    commit()
    refused(
        "parts of an agreed plan",
        "parts_add_up_to_the_agreed_plan",
        lambda: SalesPlan.objects.filter(pk=above.pk).update(status=PlanStatus.AGREED),
    )
    other = SalesPlanFactory.create(parent=above, amount=Decimal(1200))
    SalesPlan.objects.filter(pk=above.pk).update(status=PlanStatus.AGREED)
    commit()
    first, second = other.periods.order_by("period__number")[:2]

    def move_a_month() -> None:
        SalesPlanPeriod.objects.filter(pk=first.pk).update(amount=first.amount - 1)
        SalesPlanPeriod.objects.filter(pk=second.pk).update(amount=second.amount + 1)

    refused("parts of an agreed plan", "parts_add_up_to_the_agreed_plan", move_a_month)
    refused(
        "parts of an agreed plan",
        "parts_add_up_to_the_agreed_plan",
        lambda: SalesPlan.objects.filter(pk=other.pk).update(parent=None),
    )


def test_a_whole_plan_may_go(plan: Any) -> None:
    """Deleting a draft must not be refused by its own sums."""
    plan.delete()
    commit()
    assert offending_rows(INVARIANTS) == {}
