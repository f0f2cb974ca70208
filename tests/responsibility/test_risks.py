"""What the radar adds. A duty that is assigned and not done looks covered; nobody calls the distributor."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Responsibility
from core.events import record_event
from planning.selectors.revenue import revenue_by_manager
from responsibility.selectors.load import carried_by, overloaded_ids, people_with_duties
from responsibility.selectors.silent import last_seen, silent_responsibilities
from tests.factories.accounts import (
    AbsenceFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    ResponsibilityFactory,
)
from tests.factories.company import CompanyFactory, ExchangeRateFactory
from tests.factories.orders import OrderFactory
from tests.factories.planning import SalesActualFactory

pytestmark = pytest.mark.django_db


def visits(**options: Any) -> Any:
    return DutyFactory.create(cadence=1, cadence_unit="week", done_by=["order.approved", "order.rejected"], **options)


def did(responsibility: Any, actor: Any, *, days_ago: int, kind: str = "order.approved") -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    record_event(
        kind=kind, subject_type="order", subject_id=1, distributor_id=responsibility.distributor_id, actor_id=actor.pk,
        at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    )  # fmt: skip


def silent() -> set[int]:
    today = timezone.localdate()
    return set(silent_responsibilities(DirectorFactory.create(), on=today).values_list("pk", flat=True))


def test_silent_is_who_did_nothing_that_counts_within_the_cadence() -> None:
    duty = visits()
    never, late, on_the_day, other_kind, by_another, elsewhere = (
        ResponsibilityFactory.create(duty=duty) for _number in range(6)
    )
    did(late, late.user, days_ago=8)
    did(on_the_day, on_the_day.user, days_ago=7)
    did(other_kind, other_kind.user, days_ago=1, kind="order.shipped")
    did(by_another, ManagerFactory.create(), days_ago=1)
    did(never, elsewhere.user, days_ago=1)
    today = timezone.localdate()
    new = ResponsibilityFactory.create(duty=duty, starts_on=today - timedelta(days=6))
    others: list[dict[str, Any]] = [{"cadence": None, "cadence_unit": ""}, {"done_by": []}, {"is_active": False}]
    for options in others:
        ResponsibilityFactory.create(
            duty=DutyFactory.create(**{"cadence": 1, "cadence_unit": "day", "done_by": ["order.approved"], **options})
        )
    ResponsibilityFactory.create(duty=duty, ends_on=today - timedelta(days=1))
    ResponsibilityFactory.create(duty=duty, distributor=DistributorFactory.create(status="terminated"))
    assert silent() == {one.pk for one in (never, late, other_kind, by_another, elsewhere)}
    assert new.pk not in silent(), "nobody is silent before a whole cadence"
    assert last_seen([never.pk, late.pk]) == {never.pk: None, late.pk: today - timedelta(days=8)}


def test_what_a_stand_in_does_counts_for_the_person_who_is_away() -> None:
    responsibility = ResponsibilityFactory.create(duty=visits())
    today = timezone.localdate()
    stand_in = AbsenceFactory.create(
        person=responsibility.user, stand_in=ManagerFactory.create(), starts_on=today - timedelta(days=5)
    ).stand_in
    assert silent() == {responsibility.pk}
    did(responsibility, stand_in, days_ago=2)
    assert silent() == set()


def test_a_calendar_month_is_one() -> None:
    responsibility = ResponsibilityFactory.create(
        duty=DutyFactory.create(cadence=1, cadence_unit="month", done_by=["order.approved"])
    )
    did(responsibility, responsibility.user, days_ago=27)
    assert silent() == set()
    other = ResponsibilityFactory.create(duty=responsibility.duty)
    did(other, other.user, days_ago=32)
    assert silent() == {other.pk}


@pytest.mark.parametrize("size", [1, 30])
def test_the_lists_cost_the_same_at_every_size(client: Client, size: int) -> None:
    client.force_login(DirectorFactory.create())
    duty = visits()
    for _number in range(size):
        ResponsibilityFactory.create(duty=duty)
    numbers = []
    for name in ("silent", "load", "if-left"):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse(f"responsibility:{name}"))
        assert page.status_code == 200
        numbers.append(len(queries))
        assert len(page.context["table"].rows) == size
    assert numbers == [8, 11, 7]


def test_who_carries_too_much_and_what_would_be_lost_with_them(client: Client) -> None:
    director, duty = DirectorFactory.create(), DutyFactory.create()
    busy, *others = ManagerFactory.create_batch(3)
    stand_in = ManagerFactory.create()
    for number in range(4):
        ResponsibilityFactory.create(duty=duty, user=busy, stand_in=stand_in if number else None)
    for person in others:
        ResponsibilityFactory.create(duty=duty, user=person)
        ResponsibilityFactory.create(duty=duty, user=person)
    OrderFactory.create(distributor=Responsibility.objects.filter(user=busy).first().distributor, manager=busy)
    today = timezone.localdate()
    assert overloaded_ids(on=today) == [busy.pk]
    people = people_with_duties(director, on=today).order_by("pk")
    rows = {row.person.pk: row for row in carried_by(list(people), on=today)}
    assert (rows[busy.pk].distributors, rows[busy.pk].open_work, rows[busy.pk].alone, rows[busy.pk].is_over) == (
        4,
        1,
        1,
        True,
    )
    assert [rows[one.pk].is_over for one in others] == [False, False]
    client.force_login(director)
    page = client.get(reverse("responsibility:load"), {"over": "true"})
    assert [row.record.person for row in page.context["table"].rows] == [busy]
    assert f"{reverse('responsibility:hand-over')}?from={busy.pk}" in page.text, "the fix is one press away"
    lost = client.get(reverse("responsibility:if-left"), {"user": busy.pk, "nobody": "true"})
    assert len(lost.context["table"].rows) == 1
    kept = client.get(reverse("responsibility:if-left"), {"user": busy.pk, "nobody": "false"})
    assert {row.record.replacement for row in kept.context["table"].rows} == {stand_in}
    shown = client.get("/api/v1/people-load/", {"over": "true"}).json()["results"]
    assert [(row["person"], row["open_work"], row["alone"]) for row in shown] == [(busy.email, 1, 1)]
    missed = client.get("/api/v1/if-left/", {"user": busy.pk, "nobody": "false"}).json()["results"]
    assert {row["replacement"] for row in missed} == {stand_in.email}
    file = client.get(reverse("responsibility:load"), {"export": "csv"})
    assert busy.full_name in b"".join(file.streaming_content).decode("utf-8-sig")


def test_the_radar_counts_the_silent_and_the_api_names_them_by_what_they_sign_in_with(client: Client) -> None:
    """An assistant reads a green radar; a system is given an address that leads nowhere."""
    manager = ManagerFactory.create(email="x@phone.invalid", phone="+8613912345678")
    responsibility = ResponsibilityFactory.create(duty=visits(), user=manager)
    client.force_login(DirectorFactory.create())
    assert client.get(reverse("responsibility:radar")).context["silent"] == 1
    shown = client.get("/api/v1/silent-responsibilities/").json()["results"]
    assert [(row["person"], row["last_on"]) for row in shown] == [(manager.phone, None)]
    named = client.get("/api/v1/users/", {"q": manager.full_name}).json()["results"]
    assert [(row["reference"], row["email"]) for row in named] == [(manager.phone, "")]
    answer = client.post(
        "/api/v1/responsibilities/",
        {
            "distributor": responsibility.distributor.code,
            "duty": DutyFactory.create().code,
            "person": "139 1234 5678",
            "starts_on": "2026-01-01",
        },
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["person_email"]) == (201, manager.phone), answer.content


def test_revenue_of_other_currencies_counts_at_the_days_rate() -> None:
    """Whoever looks after distributors abroad would carry nothing."""
    CompanyFactory.create(currency="USD")
    today, person = timezone.localdate(), ManagerFactory.create()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for currency in ("USD", "EUR", "JPY"):  # of yen nobody knows a rate
        SalesActualFactory.create(manager=person, month=month, currency=currency, basis="ordered")
    ExchangeRateFactory.create(from_currency="EUR", to_currency="USD", rate=Decimal("1.25"), valid_on=month)
    assert revenue_by_manager(today) == ("USD", {person.pk: Decimal("225.00")})
