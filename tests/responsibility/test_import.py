"""Assignment by import: each row that cannot be is named, and the same file a second time changes nothing."""

import pytest

from accounts.enums import Role
from accounts.models import Responsibility
from tests.factories.accounts import BuyerFactory, DistributorFactory, DutyFactory, ManagerFactory
from tests.integration.conftest import Run, run, wrong

pytestmark = pytest.mark.django_db
__all__ = ["run"]

PROFILE = """
[files.assignments]
path = "assignments.csv"
[[import]]
entity = "responsibility"
file = "assignments"
"""
HEAD = "distributor,duty,user,stand_in,starts_on,ends_on\n"


@pytest.fixture
def codes() -> None:
    for code in ("A", "B"):
        DistributorFactory.create(code=code)
    DutyFactory.create(code="D")
    ManagerFactory.create(external_code="ann")
    ManagerFactory.create(external_code="bob")
    BuyerFactory.create(external_code="buyer")


@pytest.mark.usefixtures("codes")
def test_assignments_are_taken_once(run: Run) -> None:
    rows = "A,D,ann,bob,2026-01-01,\nB,D,bob,,2026-01-01,2026-06-30\nB,D,ann,,2026-07-01,\n"
    assert run(PROFILE, {"assignments.csv": HEAD + rows}).counts["responsibility"].created == 3
    again = run(PROFILE)
    assert (again.changes, again.counts["responsibility"].unchanged) == (0, 3)
    found = Responsibility.objects.order_by("distributor__code", "starts_on")
    written = "".join(
        f"{one.distributor.code},{one.duty.code},{one.user.external_code},"
        f"{one.stand_in.external_code if one.stand_in else ''},{one.starts_on},{one.ends_on or ''}\n"
        for one in found
    )
    assert written == rows, "what goes out is what came in"


@pytest.mark.usefixtures("codes")
@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("A,D,buyer,,2026-01-01,", "user", "brand owner"),
        ("A,D,ann,buyer,2026-01-01,", "stand_in", "brand owner"),
        ("A,D,ann,ann,2026-01-01,", "", "stand in for themselves"),
        ("A,X,ann,,2026-01-01,", "duty", "Unknown"),
        ("A,D,nobody,,2026-01-01,", "user", "Unknown"),
        ("A,D,ann,,2026-02-01,2026-01-01", "", "before the start"),
        ("A,D,ann,,someday,", "starts_on", "not a date"),
    ],
)
def test_each_wrong_row_is_named(run: Run, row: str, column: str, part: str) -> None:
    good = "B,D,ann,,2026-01-01,\n"
    found = wrong(run(PROFILE, {"assignments.csv": HEAD + good + row + "\n"}))
    assert [(file, place) for file, place, _column, _reason in found] == [("assignments.csv", 3)]
    assert not column or found[0][2] == column
    assert part in found[0][3]
    assert not Responsibility.objects.exists()


@pytest.mark.usefixtures("codes")
def test_whoever_answers_is_not_made_a_distributors_by_a_file_of_people(run: Run) -> None:
    run(PROFILE, {"assignments.csv": f"{HEAD}A,D,ann,bob,2026-01-01,\n"})
    people = """
[files.people]
path = "people.csv"
[[import]]
entity = "user"
file = "people"
"""
    head = "external_code,full_name,role,distributor,is_active\n"
    for row, column in (("ann,Ann,buyer,A,true", "role"), ("bob,Bob,manager,,false", "is_active")):
        found = wrong(run(people, {"people.csv": head + row + "\n"}))
        assert [one[2] for one in found] == [column], row
        assert "Hand them over first" in found[0][3]
    assert Responsibility.objects.get().user.role == Role.MANAGER
