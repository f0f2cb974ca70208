"""Coverage over time on its page, as a file and by API: a director proves with it who answered on any day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import (
    AbsenceFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)

pytestmark = pytest.mark.django_db
DAYS = {"first": "2026-11-09", "last": "2026-11-15"}


def test_a_gap_is_listed_and_no_gap_is_said(client: Client) -> None:
    client.force_login(DirectorFactory.create())
    address = reverse("responsibility:coverage")
    row = ResponsibilityFactory.create(distributor=DistributorFactory.create(name="Acme"))
    assert "No gap: somebody was accountable" in client.get(address, DAYS).content.decode()
    AbsenceFactory.create(person=row.user, starts_on=date(2026, 11, 11), ends_on=date(2026, 11, 12))
    page = client.get(address, DAYS).content.decode()
    assert "1 period is not covered." in page
    assert "Acme" in page


def test_the_file_has_every_day_and_who_represented_whom(client: Client) -> None:
    client.force_login(DirectorFactory.create())
    m, s = ManagerFactory.create(full_name="Mia"), ManagerFactory.create(full_name="Sam")
    ResponsibilityFactory.create(
        distributor=DistributorFactory.create(code="D1"), duty=DutyFactory.create(code="sales"), user=m
    )
    AbsenceFactory.create(person=m, stand_in=s, starts_on=date(2026, 11, 11), ends_on=date(2026, 11, 12))
    answer = client.get(reverse("responsibility:coverage"), {**DAYS, "export": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[4:] for line in lines[1:]] == [
        ["2026-11-09", "2026-11-10", "2", "Covered", "Mia", "Mia"],
        ["2026-11-11", "2026-11-12", "2", "Represented", "Mia", "Sam"],
        ["2026-11-13", "2026-11-15", "3", "Covered", "Mia", "Mia"],
    ]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"first": "2026-02-02", "last": "2026-02-01"}, "must not be before"),
        ({"first": "2000-01-01", "last": "2026-01-01"}, "at most ten years"),
        ({"first": "yesterday"}, "Enter a valid date"),
    ],
)
def test_wrong_days_stand_beside_their_field(query: dict[str, str], says: str, client: Client) -> None:
    client.force_login(DirectorFactory.create())
    answer = client.get(reverse("responsibility:coverage"), {**query, "export": "csv"})
    assert answer.status_code == 200
    assert says in answer.content.decode()


def test_by_api_for_the_distributors_that_one_sees(client: Client) -> None:
    row = ResponsibilityFactory.create(starts_on=timezone.localdate() - timedelta(days=2))
    query = {"distributor": row.distributor.code, "first": "2026-11-20", "last": "2026-11-30"}
    address = reverse("api:coverage-list")
    client.force_login(OwnerFactory.create(distributor=row.distributor))
    assert [(one["first"], one["last"], one["state"], one["person"]) for one in client.get(address, query).json()] == [
        ("2026-11-20", "2026-11-23", "gap", None),
        ("2026-11-24", "2026-11-30", "covered", row.user.full_name),
    ]
    client.force_login(OwnerFactory.create())
    assert client.get(address, query).status_code == 400
