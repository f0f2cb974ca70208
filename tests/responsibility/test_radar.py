"""The radar. A gap that does not show is a distributor whom nobody calls back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import CellState, DistributorStatus
from accounts.models import User
from accounts.selectors.distributors import branch_rows
from responsibility.selectors.radar import radar_distributors, responsibility_matrix
from responsibility.selectors.radar_summary import radar_summary
from tests.factories.accounts import (
    USER_FACTORIES,
    AbsenceFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    RolelessFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def states(user: User, on: date = DAY) -> dict[str, list[str]]:
    matrix = responsibility_matrix(radar_distributors(user, on=on), on=on)
    return {row.distributor.code: [cell.state for cell in row.cells] for row in matrix.rows}


def test_each_cell_tells_the_worst_that_is_true_of_it() -> None:
    director, duty = DirectorFactory.create(), DutyFactory.create()
    stand_in = ManagerFactory.create()
    cases = {
        CellState.OK: {"stand_in": stand_in},
        CellState.NO_STAND_IN: {},
        CellState.ENDING: {"stand_in": stand_in, "ends_on": DAY + timedelta(days=30)},
        CellState.LEAVING: {"user": ManagerFactory.create(leaves_on=DAY + timedelta(days=10)), "ends_on": DAY},
        CellState.INACTIVE: {"user": ManagerFactory.create(is_active=False), "stand_in": stand_in},
        CellState.AWAY: {"user": AbsenceFactory.create(stand_in=stand_in).person},
    }
    for state, options in cases.items():
        ResponsibilityFactory.create(distributor=DistributorFactory.create(code=state.value), duty=duty, **options)
    ResponsibilityFactory.create(
        distributor=DistributorFactory.create(code="gap"), duty=duty, ends_on=DAY - timedelta(days=1)
    )
    ResponsibilityFactory.create(
        distributor=DistributorFactory.create(code="gone", status=DistributorStatus.TERMINATED), duty=duty
    )
    assert states(director) == {state.value: [state] for state in CellState}
    summary = radar_summary(director, on=DAY)
    assert (summary.gaps, summary.inactive, summary.away) == (1,) * 3
    assert (summary.leaving, summary.ending, summary.without_stand_in) == (1,) * 3
    assert (summary.distributors, summary.duties) == (7, 1)


def test_a_duty_whose_people_are_all_away_is_a_gap() -> None:
    """A name in the matrix is of no use to a distributor when nobody behind it is there."""
    director, duty = DirectorFactory.create(), DutyFactory.create()
    away = AbsenceFactory.create(person=ManagerFactory.create(supervisor=AbsenceFactory.create().person)).person
    responsibility = ResponsibilityFactory.create(duty=duty, user=away)
    assert states(director) == {responsibility.distributor.code: [CellState.GAP]}
    assert radar_distributors(director, on=DAY).get().gaps == radar_summary(director, on=DAY).gaps == 1


def test_gaps_come_first_and_pages_follow() -> None:
    director, duties = DirectorFactory.create(), [DutyFactory.create(), DutyFactory.create()]
    DutyFactory.create(is_active=False)
    full, half, empty = (DistributorFactory.create(code=code) for code in ("A-full", "B-half", "C-empty"))
    for duty in duties:
        ResponsibilityFactory.create(distributor=full, duty=duty)
    ResponsibilityFactory.create(distributor=half, duty=duties[0])
    rows = radar_distributors(director, on=DAY)
    first = responsibility_matrix(rows, on=DAY, limit=2)
    second = responsibility_matrix(rows, on=DAY, limit=2, cursor=first.following)
    assert [(row.distributor, row.gaps) for row in [*first.rows, *second.rows]] == [(empty, 2), (half, 1), (full, 0)]


@pytest.mark.parametrize("size", [1, 30])
def test_the_matrix_costs_the_same_at_every_size(size: int) -> None:
    director, duty = DirectorFactory.create(), DutyFactory.create()
    for _ in range(size):
        ResponsibilityFactory.create(duty=duty, stand_in=ManagerFactory.create())
    with CaptureQueriesContext(connection) as queries:
        matrix = responsibility_matrix(radar_distributors(director, on=DAY), on=DAY)
        assert all(
            cell.initials and cell.responsibility and cell.responsibility.stand_in
            for row in matrix.rows
            for cell in row.cells
        )
    assert (len(queries), len(matrix.rows)) == (6, size)


def test_who_sees_whom() -> None:
    """Named both ways: what must show, and what must not."""
    lead = ManagerFactory.create()
    member = ManagerFactory.create(supervisor=lead)
    responsibility = ResponsibilityFactory.create(user=member, starts_on=date(2020, 1, 1))
    mine, child = responsibility.distributor, DistributorFactory.create(parent=responsibility.distributor)
    other = DistributorFactory.create()
    everything = {mine.code, child.code, other.code}
    seen: dict[str, tuple[User, set[str]]] = {
        role: (maker(), everything)
        for role, maker in USER_FACTORIES.items()
        if role in {"administrator", "director", "warehouse", "finance"}
    }
    seen |= {
        role: (USER_FACTORIES[role].create(distributor=mine), {mine.code, child.code})
        for role in ("owner", "buyer", "keeper", "accountant")
    }
    seen |= {
        "member": (member, {mine.code}),
        "lead": (lead, {mine.code}),
        "idle": (ManagerFactory.create(), set()),
        "stranger": (OwnerFactory.create(distributor=other), {other.code}),
        "child": (OwnerFactory.create(distributor=child), {child.code}),
        "roleless": (RolelessFactory.create(), set()),
        "inactive": (DirectorFactory.create(is_active=False), set()),
    }
    for name, (user, codes) in seen.items():
        assert set(states(user)) == codes, name


def test_the_sub_network_is_a_tree_of_what_one_sees() -> None:
    director, top = DirectorFactory.create(), DistributorFactory.create(code="A")
    second, first = DistributorFactory.create(code="C", parent=top), DistributorFactory.create(code="B", parent=top)
    leaf = DistributorFactory.create(code="D", parent=first)
    DistributorFactory.create(code="E")
    assert [(row.distributor, row.depth, row.children) for row in branch_rows(director, top.pk)] == [
        (top, 0, 2),
        (first, 1, 1),
        (leaf, 2, 0),
        (second, 1, 0),
    ]
    manager = ResponsibilityFactory.create(distributor=leaf).user
    assert [row.distributor for row in branch_rows(manager, top.pk)] == [leaf]
