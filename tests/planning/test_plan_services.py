"""Plans are made, negotiated, agreed, split and replaced."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from planning.enums import PlanLevel, PlanStatus
from planning.models import SalesPlan, SalesPlanMix
from planning.selectors.differences import differences_to_child_plans
from planning.selectors.invariants import INVARIANTS
from planning.selectors.owners import PlanOwner
from planning.services.advance_plan import agree_plan, lock_plan, reopen_plan
from planning.services.plan_cells import read_cells
from planning.services.save_plan import save_plan_cells, spread_plan, start_plan
from planning.services.split_plan import split_plan
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
)
from tests.factories.inventory import CategoryFactory
from tests.factories.planning import SalesActualFactory, calendar_year
from tests.planning.test_plan_sums import commit
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def director() -> Any:
    calendar_year(2025)
    return DirectorFactory.create()


def company_plan(director: Any, amount: str = "1000.00") -> SalesPlan:
    return start_plan(
        owner=PlanOwner(level=PlanLevel.COMPANY),
        year_id=calendar_year(2026).pk,
        amount=Decimal(amount),
        currency="USD",
        actor=director,
    )


def sold(distributor: Any, month: int, net: int, category: Any = None) -> None:
    SalesActualFactory.create(
        distributor=distributor,
        month=date(2025, month, 1),
        net_amount=net,
        gross_amount=net,
        category=category or CategoryFactory.create(),
    )


def test_a_new_plan_follows_last_years_season_and_mix(director: Any) -> None:
    """A plan that ignores the season sets people up to miss it in the low months."""
    distributor, tea, cups = DistributorFactory.create(), CategoryFactory.create(), CategoryFactory.create()
    sold(distributor, 1, 300, tea)
    sold(distributor, 1, 100, cups)
    sold(distributor, 6, 600, tea)
    plan = company_plan(director, "2000.00")
    months = {row.period.number: row.amount for row in plan.periods.select_related("period")}
    assert (months[1], months[6], months[2]) == (800, 1200, 0)
    mix = SalesPlanMix.objects.filter(plan_period__plan=plan, plan_period__period__number=1)
    assert {row.category_id: row.amount for row in mix} == {tea.pk: 600, cups.pk: 200}
    assert Event.objects.filter(kind="plan.saved", subject_id=plan.pk).exists()


def test_without_history_every_month_is_the_same(director: Any) -> None:
    """A new distributor must get a plan, too."""
    plan = company_plan(director, "1200.00")
    assert [row.amount for row in plan.periods.all()] == [100] * 12


def test_a_second_plan_for_a_year_is_refused(director: Any) -> None:
    """Two plans in force would leave nobody knowing which counts."""
    company_plan(director)
    with pytest.raises(Conflict):
        company_plan(director)


def test_cells_change_and_the_sums_follow(director: Any) -> None:
    """The totals of the grid never lie."""
    plan = company_plan(director, "1200.00")
    first = plan.periods.first()
    assert first is not None
    saved = save_plan_cells(
        plan_id=plan.pk, cells={(first.period_id, None): Decimal(150)}, actor=director, expected_version=plan.version
    )
    assert (saved.amount, saved.version > plan.version) == (1250, True)
    commit()


def test_a_stale_edit_is_refused(director: Any) -> None:
    """Two people at one plan must not overwrite each other without knowing."""
    plan = company_plan(director)
    with pytest.raises(StaleVersion):
        save_plan_cells(plan_id=plan.pk, cells={}, actor=director, expected_version=99)


def test_a_plan_changed_meanwhile_is_not_reopened(director: Any) -> None:
    """What another person locked or agreed a moment ago would be replaced unseen."""
    plan = agree_plan(plan_id=company_plan(director).pk, actor=director, expected_version=None)
    seen = plan.version
    lock_plan(plan_id=plan.pk, actor=director, expected_version=seen)
    with pytest.raises(StaleVersion):
        reopen_plan(plan_id=plan.pk, actor=director, expected_version=seen, reason="new figures")
    plan.refresh_from_db()
    assert (plan.is_current, plan.version) == (True, seen + 1)
    new = reopen_plan(plan_id=plan.pk, actor=director, expected_version=plan.version, reason="new figures")
    new.refresh_from_db()
    assert new.version == SalesPlan.objects.get(pk=new.pk).version


def test_wrong_cells_are_told_beside_the_cell(director: Any) -> None:
    """Among sixty cells people must see which one is wrong."""
    plan = company_plan(director)
    first = plan.periods.first()
    assert first is not None
    with pytest.raises(InvalidInput) as caught:
        save_plan_cells(
            plan_id=plan.pk,
            cells={(first.period_id, None): Decimal(-1), (0, None): Decimal(1)},
            actor=director,
            expected_version=None,
        )
    assert [problem.field for problem in caught.value.problems] == [f"cells.{first.period_id}.0", "cells.0.0"]


def test_a_new_total_leaves_kept_cells_alone(director: Any) -> None:
    """What was promised for one month stays when the year is raised."""
    plan = company_plan(director, "1200.00")
    first = plan.periods.order_by("period__number").first()
    assert first is not None
    spread_plan(
        plan_id=plan.pk,
        amount=Decimal("2300.00"),
        keep={(first.period_id, None): Decimal(100)},
        actor=director,
        expected_version=None,
    )
    amounts = [row.amount for row in plan.periods.order_by("period__number")]
    assert amounts == [100] + [200] * 11
    with pytest.raises(InvalidInput, match="locked cells"):
        spread_plan(
            plan_id=plan.pk,
            amount=Decimal(50),
            keep={(first.period_id, None): Decimal(100)},
            actor=director,
            expected_version=None,
        )


def make_channel() -> tuple[Any, list[Any]]:
    country = TerritoryFactory.create()
    north, south = TerritoryFactory.create(parent=country), TerritoryFactory.create(parent=country)
    people = [DistributorFactory.create(territory=area) for area in (north, north, south, country, None)]
    DistributorFactory.create(territory=north, currency="EUR")
    DistributorFactory.create(territory=north, status="terminated")
    for place, distributor in enumerate(people, 1):
        sold(distributor, 3, place * 7)
    return country, people


def test_the_company_is_split_down_to_the_last_cent(director: Any) -> None:
    """What the company expects must be exactly what it asks of its distributors."""
    _country, people = make_channel()
    split_plan(plan_id=company_plan(director, "1000.01").pk, actor=director, expected_version=None)
    of_distributors = SalesPlan.objects.filter(level=PlanLevel.DISTRIBUTOR)
    assert {row.distributor_id for row in of_distributors} == {row.pk for row in people}
    assert sum(row.amount for row in of_distributors) == Decimal("1000.01")
    for row in SalesPlan.objects.exclude(level=PlanLevel.DISTRIBUTOR):
        assert set(differences_to_child_plans(row.pk).values()) == {0}
    commit()
    assert offending_rows(INVARIANTS) == {}


def test_splitting_again_writes_over_drafts_but_not_over_agreed_parts(director: Any) -> None:
    """An agreed plan is a promise: a new split of the level above must not break it."""
    _country, people = make_channel()
    plan = company_plan(director)
    for _ in range(2):
        split_plan(plan_id=plan.pk, actor=director, expected_version=None)
    assert SalesPlan.objects.filter(distributor=people[0]).count() == 1
    part = SalesPlan.objects.get(distributor=people[0])
    agree_plan(plan_id=part.pk, actor=director, expected_version=None)
    with pytest.raises(Conflict):
        split_plan(plan_id=plan.pk, actor=director, expected_version=None)


def test_an_agreed_plan_holds_its_parts(director: Any) -> None:
    """After the company agreed, a distributor's plan cannot drift away from it."""
    _country, people = make_channel()
    plan = split_plan(plan_id=company_plan(director).pk, actor=director, expected_version=None)
    part = SalesPlan.objects.get(distributor=people[4])
    cell, amount = next((cell, amount) for cell, amount in read_cells([part.pk])[part.pk].items() if amount)
    change = {"plan_id": part.pk, "cells": {cell: amount + 1}, "actor": director, "expected_version": None}
    save_plan_cells(**change)
    with pytest.raises(Conflict) as caught:
        agree_plan(plan_id=plan.pk, actor=director, expected_version=None)
    assert caught.value.problems[0].code == "parts_differ"
    save_plan_cells(**{**change, "cells": {cell: amount}})
    agree_plan(plan_id=plan.pk, actor=director, expected_version=None)
    with pytest.raises(Conflict) as caught:
        save_plan_cells(**change)
    assert caught.value.problems[0].code == "plan_above_agreed"


def test_a_plan_is_agreed_locked_and_replaced(director: Any) -> None:
    """Everybody can see later what was promised, and what it was before."""
    plan = company_plan(director)
    agreed = agree_plan(plan_id=plan.pk, actor=director, expected_version=plan.version)
    with pytest.raises(Conflict):
        save_plan_cells(plan_id=plan.pk, cells={}, actor=director, expected_version=None)
    locked = lock_plan(plan_id=plan.pk, actor=director, expected_version=agreed.version)
    new = reopen_plan(plan_id=plan.pk, actor=director, expected_version=locked.version, reason="merger")
    plan.refresh_from_db()
    assert (plan.status, plan.is_current) == (PlanStatus.REPLACED, False)
    assert (new.revision, new.status, new.is_current, new.amount) == (2, PlanStatus.DRAFT, True, plan.amount)
    assert read_cells([new.pk])[new.pk] == read_cells([plan.pk])[plan.pk]
    commit()
    with pytest.raises(Conflict):
        lock_plan(plan_id=new.pk, actor=director, expected_version=None)


def test_the_distributors_owner_may_agree_but_not_change(director: Any) -> None:
    """A plan is agreed by the one who must reach it; its figures are negotiated with the manager."""
    distributor = DistributorFactory.create()
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=distributor)
    owner, stranger = OwnerFactory.create(distributor=distributor), OwnerFactory.create()
    plan = start_plan(
        owner=PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=distributor.pk),
        year_id=calendar_year(2026).pk,
        amount=Decimal(1200),
        currency="USD",
        actor=manager,
    )
    with pytest.raises(NotAllowed):
        save_plan_cells(plan_id=plan.pk, cells={}, actor=owner, expected_version=None)
    with pytest.raises(NotVisible):
        agree_plan(plan_id=plan.pk, actor=stranger, expected_version=None)
    assert agree_plan(plan_id=plan.pk, actor=owner, expected_version=None).status == PlanStatus.AGREED


def test_a_manager_cannot_plan_the_company(director: Any) -> None:
    """The company's plan is the director's."""
    assert director
    with pytest.raises(NotAllowed):
        company_plan(ManagerFactory.create())
