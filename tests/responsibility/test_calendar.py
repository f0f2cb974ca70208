"""The calendar of absences. A stand-in who is away too is found out when an order waits."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from responsibility.enums import AwayState
from responsibility.selectors.calendar import away_month
from tests.factories.accounts import AbsenceFactory, DirectorFactory, ManagerFactory, ResponsibilityFactory

pytestmark = pytest.mark.django_db
FIRST = date(2026, 11, 1)


def test_who_is_away_and_where_nobody_acts() -> None:
    """A4: M is away from the 9th to the 13th, the stand-in on the 12th, where the supervisor acts unless away, too."""
    boss, stand_in = ManagerFactory.create(), ManagerFactory.create()
    m = ManagerFactory.create(supervisor=boss)
    ResponsibilityFactory.create(user=m)
    AbsenceFactory.create(person=m, stand_in=stand_in, starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 13))
    AbsenceFactory.create(person=stand_in, starts_on=date(2026, 11, 12), ends_on=date(2026, 11, 12))
    AbsenceFactory.create(starts_on=date(2026, 12, 1))
    director = DirectorFactory.create()

    def states() -> list[AwayState | None]:
        month = away_month(director, first=FIRST)
        assert len(month.days) == 30
        assert {row.person for row in month.rows} <= {m, stand_in, boss}
        return [one.state for row in month.rows if row.person == m for one in row.days[8:14]]

    covered, away = AwayState.COVERED, AwayState.STAND_IN_AWAY
    assert states() == [covered, covered, covered, away, covered, None]
    AbsenceFactory.create(person=boss, starts_on=date(2026, 11, 12), ends_on=date(2026, 11, 12))
    assert states() == [covered, covered, covered, AwayState.NOBODY, covered, None]
    entry = next(one for one in away_month(director, first=FIRST).entries if one.absence.person == m)
    assert (entry.state, entry.days) == (AwayState.NOBODY, [date(2026, 11, 12)])


@pytest.mark.parametrize("size", [1, 30])
def test_a_month_costs_the_same_at_every_size(size: int) -> None:
    for number in range(size):
        AbsenceFactory.create(starts_on=FIRST + timedelta(days=number), stand_in=ManagerFactory.create())
    director = DirectorFactory.create()
    with CaptureQueriesContext(connection) as queries:
        away_month(director, first=FIRST)
    assert len(queries) == 3


def test_an_absence_is_entered_from_the_calendar(client: Client) -> None:
    me = ManagerFactory.create()
    client.force_login(me)
    page = client.get(reverse("responsibility:calendar"), {"month": "2026-11"})
    assert "Nobody is away in this month." in page.text
    AbsenceFactory.create(person=me, starts_on=date(2026, 11, 12), ends_on=date(2026, 11, 12))
    AbsenceFactory.create(starts_on=date(2026, 11, 12))
    page = client.get(reverse("responsibility:calendar"), {"month": "2026-11"})
    assert [row.person for row in page.context["month"].rows] == [me], "others' are theirs to see"
    address = f"{reverse('accounts:absence-new')}?starts_on=2026-11-20"
    assert address in page.text
    assert client.get(address).context["form"].initial["starts_on"] == date(2026, 11, 20)
    assert client.get(reverse("responsibility:calendar"), {"month": "nonsense"}).status_code == 200
