"""How a distributor stands, in the head of its page."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evaluation.enums import RunStatus
from evaluation.models import EvaluationRun, Scorecard
from orders.ordering.enums import OrderStatus
from orders.tracking.selectors.punctuality import WINDOW_DAYS, read_punctuality
from tests.factories.accounts import DirectorFactory, DistributorFactory, OwnerFactory
from tests.factories.evaluation import EvaluationFactory, EvaluationRunFactory, ScorecardFactory
from tests.factories.orders import OrderFactory
from tests.factories.planning import SalesActualFactory, SalesPlanFactory, calendar_year

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


def order(distributor: Any, promised_on: date, **more: Any) -> None:
    OrderFactory.create(distributor=distributor, promised_on=promised_on, **more)


def at(day: date) -> Any:
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9))


def evaluated(distributor: Any, year: int, score: int, grade: str) -> Any:
    """In a run over a whole year, by the same scorecard each time."""
    card = Scorecard.objects.first() or ScorecardFactory.create(grades=[["A", 75], ["B", 60], ["C", 0]])
    run = EvaluationRun.objects.filter(ends_on__year=year).first() or EvaluationRunFactory.create(
        scorecard=card, status=RunStatus.DONE, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)
    )
    return EvaluationFactory.create(run=run, distributor=distributor, score=score, grade=grade)


def test_what_did_not_arrive_by_its_day_was_not_on_time() -> None:
    """A distributor that waits for its goods would look well served."""
    mine, other = DistributorFactory.create(), DistributorFactory.create()
    user = OwnerFactory.create(distributor=mine)
    day = TODAY - timedelta(days=10)
    order(mine, day, status=OrderStatus.DELIVERED, delivered_at=at(day))
    order(mine, day, status=OrderStatus.RECEIVED, shipped_at=at(day))  # imported: only the shipping is known
    order(mine, day, status=OrderStatus.DELIVERED, delivered_at=at(day + timedelta(days=1)))
    order(mine, day, status=OrderStatus.SHIPPED, shipped_at=at(day - timedelta(days=3)))
    order(mine, day, status=OrderStatus.CANCELLED)
    order(mine, TODAY + timedelta(days=1), status=OrderStatus.SHIPPED)  # not due yet
    order(other, day, status=OrderStatus.DELIVERED, delivered_at=at(day + timedelta(days=9)))
    order(mine, TODAY - timedelta(days=WINDOW_DAYS + 5), status=OrderStatus.DELIVERED, delivered_at=at(TODAY))
    found = read_punctuality(user, mine.pk, today=TODAY)
    assert (found.due, found.kept, found.due_before, found.kept_before) == (4, 2, 1, 0)
    assert (found.share, found.change) == (0.5, 50.0)
    assert read_punctuality(user, other.pk, today=TODAY).due == 0, "another's orders are not counted"


def test_the_page_says_how_it_stands() -> None:
    """The manager would open four pages before a call to one distributor."""
    today = timezone.localdate()
    distributor = DistributorFactory.create()
    year = calendar_year(today.year)
    SalesPlanFactory.create(distributor=distributor, year=year, amount=Decimal(12000), is_current=True)
    SalesActualFactory.create(distributor=distributor, month=date(today.year, 1, 1), net_amount=120000)
    evaluated(distributor, today.year - 2, 70, "B")
    evaluated(distributor, today.year - 1, 75, "B")
    client = Client()
    client.force_login(DirectorFactory.create())
    page = client.get(distributor.get_absolute_url())
    kpis = {str(kpi.label): kpi for kpi in page.context["kpis"]}
    assert list(kpis)[:2] == ["Grade", "Plan to date"]
    assert (kpis["Grade"].text, kpis["Grade"].trend) == ("B 75.0", 5)
    assert kpis["Plan to date"].share >= 10
    assert kpis["Delivered on time"].text == "no data"
    for kpi in kpis.values():
        assert client.get(kpi.url).status_code == 200, f"{kpi.label} leads nowhere"


def test_the_director_sees_who_moved() -> None:
    """A distributor that slides from A to C would be noticed at the year's talk."""
    sliding, rising = DistributorFactory.create(), DistributorFactory.create()
    for distributor, before, now in ((sliding, (80, "A"), (40, "C")), (rising, (50, "C"), (65, "B"))):
        evaluated(distributor, 2024, *before)
        evaluated(distributor, 2025, *now)
    client = Client()
    client.force_login(DirectorFactory.create())
    page = client.get("/")
    _run, result = page.context["grades"]
    assert (result.up, result.down) == (1, 1)
    assert [(mover.grade_before, mover.evaluation.grade) for mover in result.fallen] == [("A", "C")]
    assert sliding.name in page.content.decode()
