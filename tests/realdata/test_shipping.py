"""How the orders were shipped, and what the evaluation makes of it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection

from company.models import BusinessYear
from evaluation.enums import Metric
from evaluation.models import CriterionScore
from evaluation.services.runs import compute_run, start_run
from orders.models import Order
from tests.factories.accounts import AdministratorFactory
from tests.factories.evaluation import CriterionFactory, ScorecardFactory
from tests.realdata.conftest import reference

TODAY = datetime(2014, 1, 15, tzinfo=UTC)


def test_shipping_days(numbers: dict[int, int]) -> None:
    """The days on the order page: ordered, promised, shipped."""
    shown: dict[int, list[Any]] = {}
    for order in Order.objects.all():
        assert order.shipped_at is not None
        assert order.promised_on is not None
        shipped = order.shipped_at.date()
        shown.setdefault(order.distributor_id, []).append(
            (order.line_count, (shipped - order.ordered_on).days, (order.promised_on - shipped).days)
        )
    for row in reference("shipping_by_reseller"):
        orders = shown.pop(numbers[int(row["ResellerKey"])])
        lines = sum(line_count for line_count, _days, _slack in orders)
        assert lines == int(row["Lines"])
        assert sum(count for count, _days, slack in orders if slack >= 0) == int(row["LinesOnTime"])
        assert min(days for _count, days, _slack in orders) == int(row["MinShipDays"])
        assert max(days for _count, days, _slack in orders) == int(row["MaxShipDays"])
        mean = Decimal(sum(count * days for count, days, _slack in orders)) / lines
        assert round(mean, 6) == Decimal(row["MeanShipDays"])
        assert min(slack for _count, _days, slack in orders) == int(row["MinSlackDays"])
        assert len(orders) == int(row["Orders"])
        assert sum(slack >= 0 for _count, _days, slack in orders) == int(row["OrdersOnTime"])
    assert shown == {}


def test_evaluation_sees_the_same_shipping_and_shares(numbers: dict[int, int]) -> None:
    """A score that counts other lines than the reference would punish people for our arithmetic."""
    administrator = AdministratorFactory.create()
    scorecard = ScorecardFactory.create()
    for metric in (Metric.REVENUE_SHARE, Metric.ON_TIME_IN_FULL):
        CriterionFactory.create(scorecard=scorecard, metric=metric, floor=0, target=1)
    on_time: dict[int, list[int]] = {}
    shares: dict[tuple[int, int], Decimal] = {}
    for number, year in enumerate(BusinessYear.objects.order_by("starts_on"), 1):
        started = start_run(
            scorecard_id=scorecard.pk, starts_on=year.starts_on, ends_on=year.ends_on, actor=administrator, now=TODAY
        )
        compute_run(run_id=started.run.pk, today=TODAY.date(), now=TODAY)
        for step in CriterionScore.objects.filter(evaluation__run=started.run).select_related("evaluation"):
            key = step.evaluation.distributor_id
            if step.metric == Metric.ON_TIME_IN_FULL and step.inputs["lines"]:
                sums = on_time.setdefault(key, [0, 0])
                sums[0] += step.inputs["lines"]
                sums[1] += step.inputs["on_time"]
            elif step.metric == Metric.REVENUE_SHARE and step.value is not None:
                shares[number, key] = step.value
    expected = {
        numbers[int(row["ResellerKey"])]: [int(row["Lines"]), int(row["LinesOnTime"])]
        for row in reference("shipping_by_reseller")
    }
    assert on_time == expected
    for row in reference("top20_business_year"):
        key = (int(row["BusinessYear"]), numbers[int(row["ResellerKey"])])
        assert round(shares[key], 8) == Decimal(row["ShareOfYear"]).quantize(Decimal("0.00000001"))


def test_dates_are_days_of_the_company() -> None:
    """A day that slips over midnight would move an order into another month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM orders_order WHERE (ordered_at AT TIME ZONE %s)::date <> ordered_on",
            [settings.TIME_ZONE],
        )
        assert cursor.fetchone() == (0,)
    assert Order.objects.get(number="SO43659").ordered_on == date(2010, 12, 29)
