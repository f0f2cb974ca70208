"""Opening and moving business years under sales that are posted already."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from company.models import BusinessPeriod, BusinessYear
from company.selectors import last_day_opened, year_named
from company.services.business_years import open_calendar_year, periods_changing
from core.errors import Conflict
from distribution.home.selectors.calendar_work import year_ending
from orders.models import Order
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.pages.selectors.invariants import INVARIANTS
from planning.models import SalesActual
from tests.factories.accounts import AdministratorFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Stage:
    people = stage(products=1)
    BusinessYear.objects.all().delete()
    return people


def approved(people: Stage) -> Order:
    return approve_order(order_id=people.placed().id, actor=people.manager, now=NOW)


def test_opening_a_year_posts_what_had_no_period(people: Stage) -> None:
    """Sales approved before the year was opened would be missing in its plan for ever."""
    order = approved(people)
    year = open_calendar_year(order.ordered_on.year)
    order.refresh_from_db()
    period = year.periods.get(starts_on__lte=order.ordered_on, ends_on__gte=order.ordered_on)
    assert order.sales_period_id == period.pk
    posted = SalesActual.objects.exclude(lines=0).get()
    assert (posted.period_id, posted.net_amount) == (period.pk, order.net_amount)
    cancel_order(order_id=order.pk, actor=people.manager, now=NOW, reason="twice")
    assert not SalesActual.objects.exclude(lines=0).exists()
    assert offending_rows(INVARIANTS) == {}


def test_a_period_with_sales_keeps_their_days(people: Stage) -> None:
    """A closed month would change after it was reported."""
    order = approved(people)
    open_calendar_year(order.ordered_on.year)
    period = BusinessPeriod.objects.get(starts_on__lte=order.ordered_on, ends_on__gte=order.ordered_on)
    with pytest.raises(Conflict) as caught, periods_changing():
        BusinessPeriod.objects.filter(pk=period.pk).update(ends_on=order.ordered_on - timedelta(days=1))
    assert caught.value.problems[0].code == "period_has_sales"
    period.refresh_from_db()
    assert period.contains(order.ordered_on)
    empty = BusinessPeriod.objects.exclude(pk=period.pk).order_by("starts_on")[0]
    with periods_changing():
        BusinessPeriod.objects.filter(pk=empty.pk).update(starts_on=empty.starts_on + timedelta(days=1))


def test_the_administration_refuses_it_too(people: Stage, client: Any) -> None:
    """The form of the administration would be the way around."""
    order = approved(people)
    open_calendar_year(order.ordered_on.year)
    period = BusinessPeriod.objects.get(starts_on__lte=order.ordered_on, ends_on__gte=order.ordered_on)
    client.force_login(AdministratorFactory.create())
    values = {
        "year": period.year_id,
        "number": period.number,
        "starts_on": period.starts_on,
        "ends_on": order.ordered_on - timedelta(days=1),
    }
    url = reverse("admin:company_businessperiod_change", args=[period.pk])
    if order.ordered_on == period.starts_on:
        values |= {"starts_on": period.starts_on + timedelta(days=1), "ends_on": period.ends_on}
    response = client.post(url, values)
    assert response.status_code == 302
    assert response.headers["Location"] == url
    period.refresh_from_db()
    assert period.contains(order.ordered_on)


def test_the_latest_year_stands_in_where_none_holds_today() -> None:
    """On New Year's Day everybody would meet a missing page."""
    open_calendar_year(2024)
    year = open_calendar_year(2025)
    assert year_named("", today=date(2026, 1, 1)) == year


def test_the_work_list_warns_before_the_last_year_ends() -> None:
    """Nobody would open the next year until sales count nowhere."""
    administrator = AdministratorFactory.create()
    open_calendar_year(2026)
    assert last_day_opened(date(2026, 5, 1)) == date(2026, 12, 31)
    assert year_ending(administrator, today=date(2026, 10, 31)).number == 0
    assert year_ending(administrator, today=date(2026, 11, 1)).number == 1
    open_calendar_year(2027)
    assert year_ending(administrator, today=date(2026, 11, 2)).number == 0
    assert year_ending(administrator, today=date(2028, 1, 1)).lines[0].due is None
