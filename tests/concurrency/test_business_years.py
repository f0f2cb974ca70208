"""Periods are opened and moved while sales are posted: nothing is lost, counted twice or under no period.

The twins without the lock show that the races are real.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from company.models import BusinessPeriod, BusinessYear
from company.services.business_years import open_calendar_year, periods_changing, periods_moved_over_sales
from core.errors import Conflict
from orders.models import Order
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.pages.selectors.invariants import INVARIANTS
from planning.models import SalesActual
from tests.concurrency.together import Unlocked, failed, succeeded, together, while_open, while_waits
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> Stage:
    people = stage(products=1)
    BusinessPeriod.objects.all().delete()
    BusinessYear.objects.all().delete()
    return people


def approve(people: Stage, order_id: int) -> Order:
    return approve_order(order_id=order_id, actor=people.manager, now=NOW)


def posted() -> list[tuple[Any, Any]]:
    """Period and net of what counts, one row a place."""
    return list(SalesActual.objects.exclude(lines=0).values_list("period_id", "net_amount"))


def period_of(day: date) -> BusinessPeriod:
    return BusinessPeriod.objects.get(starts_on__lte=day, ends_on__gte=day)


def hand_over(day: date) -> int:
    """Give a day, and what follows of its period, to the next period; returns whose it is then."""
    with periods_changing():
        period = period_of(day)
        following = BusinessPeriod.objects.get(year=period.year_id, number=period.number + 1)
        BusinessPeriod.objects.filter(pk=period.pk).update(ends_on=day - timedelta(days=1))
        BusinessPeriod.objects.filter(pk=following.pk).update(starts_on=day)
    return following.pk


def test_two_people_open_one_year_at_once(people: Stage) -> None:
    """One of them would read an error, or the sales that waited for the year would be posted twice."""
    order = approve(people, people.placed().id)
    assert posted() == [(None, order.net_amount)]
    results = together(*[lambda: open_calendar_year(order.ordered_on.year)] * 2)
    assert failed(results) == []
    assert len({year.pk for year in succeeded(results)}) == 1
    assert BusinessPeriod.objects.count() == 12
    assert posted() == [(period_of(order.ordered_on).pk, order.net_amount)]
    assert offending_rows(INVARIANTS) == {}


def test_twin_without_the_lock_one_of_them_is_refused_by_the_database(people: Stage) -> None:
    results = together(*[lambda: open_calendar_year(NOW.year)] * 2, previous_period=Unlocked(BusinessYear))
    assert [type(error) for error in failed(results)] == [IntegrityError]


def test_a_sale_that_is_being_posted_keeps_its_period(people: Stage) -> None:
    """The month would be closed without an order that was approved a moment before."""
    open_calendar_year(NOW.year)
    placed = people.placed().id
    order, refused = while_waits(
        lambda: approve(people, placed), lambda: hand_over(Order.objects.get(pk=placed).ordered_on)
    )
    assert isinstance(refused, Conflict), refused
    assert refused.problems[0].code == "period_has_sales"
    assert posted() == [(period_of(order.ordered_on).pk, order.net_amount)]
    assert (periods_moved_over_sales(), offending_rows(INVARIANTS)) == ([], {})


def test_a_sale_that_comes_while_periods_move_is_posted_under_the_new_one(people: Stage) -> None:
    """It would stand in a period that no longer has its day, where nobody looks for it."""
    open_calendar_year(NOW.year)
    placed = people.placed().id
    day = Order.objects.get(pk=placed).ordered_on
    following, order = while_waits(lambda: hand_over(day), lambda: approve(people, placed))
    assert order.sales_period_id == following == period_of(day).pk
    assert posted() == [(following, order.net_amount)]
    assert (periods_moved_over_sales(), offending_rows(INVARIANTS)) == ([], {})


def test_twin_without_the_lock_a_sale_stands_under_a_period_that_lost_its_day(people: Stage) -> None:
    open_calendar_year(NOW.year)
    placed = people.placed().id
    day = Order.objects.get(pk=placed).ordered_on
    _order, following = while_open(lambda: approve(people, placed), lambda: hand_over(day), unlocked=_OnlyPeriods())
    assert following == period_of(day).pk
    assert periods_moved_over_sales() != []


class _OnlyPeriods(Unlocked):
    """Rows stay locked; only the lock of the table of periods is taken away."""

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
        if sql.startswith("LOCK TABLE"):
            return super().__call__(execute, sql, params, many, context)
        return execute(sql, params, many, context)


def test_a_sale_is_taken_back_while_its_year_is_opened(people: Stage) -> None:
    """It would be taken back under no period and stay under the new one, counted for ever."""
    order = approve(people, people.placed().id)

    def cancel() -> Any:
        return cancel_order(order_id=order.pk, actor=people.manager, now=NOW, reason="twice")

    _cancelled, year = while_waits(cancel, lambda: open_calendar_year(order.ordered_on.year))
    assert isinstance(year, BusinessYear), year
    assert (posted(), offending_rows(INVARIANTS)) == ([], {})


def test_a_year_is_opened_while_one_of_its_sales_is_taken_back(people: Stage) -> None:
    order = approve(people, people.placed().id)
    _year, cancelled = while_waits(
        lambda: open_calendar_year(order.ordered_on.year),
        lambda: cancel_order(order_id=order.pk, actor=people.manager, now=NOW, reason="twice"),
    )
    assert isinstance(cancelled, Order), cancelled
    assert (posted(), offending_rows(INVARIANTS)) == ([], {})


def test_an_order_is_approved_while_its_year_is_opened(people: Stage) -> None:
    """It would be posted under no period in a year that is open."""
    placed = people.placed().id
    day = Order.objects.get(pk=placed).ordered_on
    _year, order = while_waits(lambda: open_calendar_year(day.year), lambda: approve(people, placed))
    assert posted() == [(period_of(day).pk, order.net_amount)]
    assert offending_rows(INVARIANTS) == {}


def test_a_year_is_opened_while_one_of_its_orders_is_approved(people: Stage) -> None:
    placed = people.placed().id
    order, year = while_waits(lambda: approve(people, placed), lambda: open_calendar_year(NOW.year))
    assert isinstance(year, BusinessYear), year
    assert posted() == [(period_of(order.ordered_on).pk, order.net_amount)]
    assert offending_rows(INVARIANTS) == {}
