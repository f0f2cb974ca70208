"""Assignment by import: each row that cannot be is named, and the same file a second time changes nothing."""

import csv
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Duty, Responsibility
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    ResponsibilityFactory,
)
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


DUTIES = """
[files.duties]
path = "duties.csv"
[[import]]
entity = "duty"
file = "duties"
"""


def test_a_file_of_duties_says_which_events_count_as_doing_them(run: Run, client: Client) -> None:
    """What shows that a duty was done would be lost on the way out and in, and everybody would seem silent."""
    head = "code,name,covers,done_by\n"
    rows = "a,A,Orders,order.approved; Rejected\nb,B,Visits,\nc,C,All,已审核；order.rejected\n"
    assert run(DUTIES, {"duties.csv": head + rows}).counts["duty"].created == 3
    found = dict(Duty.objects.values_list("code", "done_by"))
    assert found == {"a": ["order.approved", "order.rejected"], "b": [], "c": ["order.approved", "order.rejected"]}
    client.force_login(DirectorFactory.create())
    exported = client.get(reverse("responsibility:duties"), {"export": "csv"})
    lines = b"".join(exported.streaming_content).decode("utf-8-sig").splitlines()
    table = list(csv.DictReader(lines))
    again = "".join(f"{row['Code']},{row['Code'].upper()},x,{row['Events that count as doing it']}\n" for row in table)
    run(DUTIES, {"duties.csv": head + again})
    assert dict(Duty.objects.values_list("code", "done_by")) == found, "what went out comes in again"
    run(DUTIES, {"duties.csv": "code,name,covers\na,New,Orders\n"})
    assert Duty.objects.get(code="a").done_by == found["a"], "a file without the column leaves it"
    refused_rows = wrong(run(DUTIES, {"duties.csv": head + "a,A,Orders,order.eaten\n"}))
    assert [(column, "order.eaten" in reason) for _file, _row, column, reason in refused_rows] == [("done_by", True)]


def test_the_list_of_responsibilities_is_exported_and_imported_again(run: Run, client: Client) -> None:
    """A list that cannot be taken out is kept a second time in a spreadsheet, which is wrong the next day."""
    kept = ResponsibilityFactory.create(user__external_code="ann", starts_on=date(2026, 1, 1), note="Since the fair")
    over = ResponsibilityFactory.create(duty=kept.duty, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    client.force_login(DirectorFactory.create())
    address = reverse("responsibility:list")
    exported = client.get(address, {"export": "csv", "on": "2026-11-26"})
    (row,) = csv.DictReader(b"".join(exported.streaming_content).decode("utf-8-sig").splitlines())
    assert (row["Distributor's code"], row["Duty's code"], row["Person's code"], row["Since"], row["Note"]) == (
        kept.distributor.code, kept.duty.code, "ann", "2026-01-01", "Since the fair"
    )  # fmt: skip
    text = (
        ",".join([row["Distributor's code"], row["Duty's code"], row["Person's code"], "", row["Since"], row["Until"]])
        + "\n"
    )
    assert run(PROFILE, {"assignments.csv": HEAD + text}).changes == 0
    page = client.get(address, {"q": over.distributor.code}).content.decode()
    assert (over.distributor.display_name in page, kept.distributor.display_name in page) == (True, False)
    client.force_login(ManagerFactory.create())
    assert kept.distributor.display_name not in client.get(address).content.decode(), "others' are not seen"
