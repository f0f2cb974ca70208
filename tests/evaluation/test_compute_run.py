"""The figures of a run against figures computed by hand."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from statistics import mean, pstdev

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.enums import JobStatus
from core.jobs import run_job
from core.models import Event
from evaluation.enums import Metric, RunStatus
from evaluation.models import CriterionScore, Evaluation, EvaluationRun, Scorecard
from evaluation.services.runs import compute_run
from orders.ordering.enums import OrderStatus
from planning.enums import PlanStatus
from tests.evaluation.world import NOW, World
from tests.factories.orders import OrderFactory, OrderLineFactory, ShipmentFactory, ShipmentLineFactory


def test_all_measures_of_one_distributor_by_hand(world: World) -> None:
    """A distributor's grade would rest on wrong figures."""
    acme, rival = world.distributor("A"), world.distributor("B")
    world.sold(acme, date(2024, 3, 1), "500")
    for month, net in ((1, "100"), (2, "200"), (4, "300")):
        world.sold(acme, date(2025, month, 1), net)
    world.sold(rival, date(2025, 5, 1), "1400")
    world.planned(acme, "800")
    world.ordered(acme, date(2025, 1, 10), arrived=date(2025, 1, 17), lines=[(10, 10), (10, 9)])
    world.ordered(acme, date(2025, 2, 9), arrived=date(2025, 2, 17), lines=[(10, 10)])
    world.ordered(acme, date(2025, 3, 21), arrived=date(2025, 3, 28), lines=[(10, 10)])
    steps = world.steps(world.run(), acme)

    assert steps[Metric.REVENUE_SHARE].value == Decimal("0.30000000")  # 600 of 2,000
    assert steps[Metric.REVENUE_SHARE].score == Decimal("60.0000")  # 0.3 of 0.5
    assert steps[Metric.GROWTH].value == Decimal("0.20000000")  # 600 after 500
    assert steps[Metric.GROWTH].score == Decimal("100.0000")
    # 100, 200, 0, 300: mean 150, variance 12,500, deviation 111.8034, divided by the mean
    assert steps[Metric.STEADINESS].value == Decimal("0.74535599")
    assert steps[Metric.STEADINESS].score == Decimal("25.4644")
    assert steps[Metric.PLAN_ATTAINMENT].value == Decimal("0.75000000")
    assert steps[Metric.PLAN_ATTAINMENT].score == Decimal("50.0000")
    assert steps[Metric.ON_TIME_IN_FULL].value == Decimal("0.50000000")  # one short, one a day late, of four
    assert steps[Metric.ON_TIME_IN_FULL].score == Decimal("0.0000")
    # gaps of 30 and 40 days: mean 35, deviation 5
    assert steps[Metric.ORDER_REGULARITY].value == Decimal("0.14285714")
    assert steps[Metric.ORDER_REGULARITY].score == Decimal("85.7143")
    # 30·60 + 20·100 + 10·25.4644 + 20·50 + 10·0 + 10·85.7143, divided by 100
    assert Evaluation.objects.get(distributor=acme).score == Decimal("59.1179")
    assert Evaluation.objects.get(distributor=acme).grade == "C"


def test_no_data_is_left_out_with_its_weight(world: World) -> None:
    """A new distributor would be punished, or praised, for what nobody measured."""
    acme, rival, tokyo = world.distributor("A"), world.distributor("B"), world.distributor("C", currency="JPY")
    world.sold(acme, date(2025, 1, 1), "100")
    world.sold(rival, date(2025, 1, 1), "300")
    run = world.run()
    steps = world.steps(run, acme)
    assert {metric for metric, step in steps.items() if step.value is not None} == {Metric.REVENUE_SHARE}
    assert [
        (step.value, step.score, step.points) for metric, step in steps.items() if metric != Metric.REVENUE_SHARE
    ] == [(None, None, Decimal(0))] * 5
    assert Evaluation.objects.get(distributor=acme).score == steps[Metric.REVENUE_SHARE].points == Decimal("50.0000")
    nothing = Evaluation.objects.get(distributor=tokyo)  # nobody bought anything in its currency
    assert (nothing.score, nothing.coverage, nothing.grade, nothing.rank) == (None, 0, "", None)
    assert world.outcome.distributors == 3
    assert world.outcome.scored == 2


def test_a_customer_lost_is_measured(world: World) -> None:
    """One who stopped buying would vanish from the evaluation."""
    acme = world.distributor("A")
    world.sold(acme, date(2024, 1, 1), "100")
    world.planned(acme, "1200")
    steps = world.steps(world.run(), acme)
    assert steps[Metric.GROWTH].value == Decimal(-1)
    assert steps[Metric.PLAN_ATTAINMENT].value == 0
    assert steps[Metric.REVENUE_SHARE].value is None  # nobody bought anything: there is nothing to have a share of


def test_the_ranking_breaks_ties_by_code_and_skips_the_unmeasured(world: World) -> None:
    """Two lists of one run would disagree."""
    for code in ("B", "A", "C"):
        world.sold(world.distributor(code), date(2025, 1, 1), "100")
    world.distributor("0", currency="JPY")
    Scorecard.objects.update(minimum_coverage=30)
    world.run()
    assert list(Evaluation.objects.order_by("rank").values_list("distributor__code", "rank")) == [
        ("A", 1),
        ("B", 2),
        ("C", 3),
        ("0", None),
    ]


def test_currencies_are_never_added(world: World) -> None:
    """A share would be of dollars and yen together."""
    acme, tokyo = world.distributor("A", currency="USD"), world.distributor("T", currency="JPY")
    world.sold(acme, date(2025, 1, 1), "100")
    world.sold(acme, date(2025, 1, 1), "999", currency="JPY")
    world.sold(tokyo, date(2025, 1, 1), "3000")
    run = world.run()
    assert world.steps(run, acme)[Metric.REVENUE_SHARE].value == 1
    assert world.steps(run, tokyo)[Metric.REVENUE_SHARE].value == Decimal("0.75018755")  # 3,000 of 3,999


def test_a_draft_plan_is_no_plan(world: World) -> None:
    """Attainment would be measured against a number nobody agreed to."""
    acme = world.distributor("A")
    world.sold(acme, date(2025, 1, 1), "100")
    world.planned(acme, "1200", status=PlanStatus.DRAFT)
    assert world.steps(world.run(), acme)[Metric.PLAN_ATTAINMENT].value is None


def test_part_of_a_year_is_compared_with_the_same_part_of_the_year_before(world: World) -> None:
    """A second quarter would be measured against a first one."""
    acme = world.distributor("A")
    world.sold(acme, date(2024, 5, 1), "200")
    world.sold(acme, date(2025, 3, 1), "999")
    world.sold(acme, date(2025, 4, 1), "150")
    world.planned(acme, "1200")
    steps = world.steps(world.run(date(2025, 4, 1), date(2025, 6, 30)), acme)
    assert steps[Metric.GROWTH].value == Decimal("-0.25")
    assert steps[Metric.PLAN_ATTAINMENT].value == Decimal("0.5")
    assert steps[Metric.STEADINESS].value is None


def test_lines_shipped_in_parts_are_judged_one_by_one(world: World) -> None:
    """A late second parcel would make the lines of the first one late."""
    acme = world.distributor("A")
    order = OrderFactory.create(
        distributor=acme,
        status=OrderStatus.DELIVERED,
        ordered_at=NOW - timedelta(days=100),
        promised_on=date(2025, 10, 1),
        delivered_at=NOW,
    )
    first, second = OrderLineFactory.create(order=order, shipped=10), OrderLineFactory.create(order=order, shipped=10)
    in_time = NOW - timedelta(days=95)
    ShipmentLineFactory.create(shipment=ShipmentFactory.create(order=order, delivered_at=in_time), order_line=first)
    ShipmentLineFactory.create(shipment=ShipmentFactory.create(order=order, delivered_at=NOW), order_line=second)
    assert world.steps(world.run(), acme)[Metric.ON_TIME_IN_FULL].inputs == {"lines": 2, "on_time": 1}


def test_what_counts_as_a_line_due(world: World) -> None:
    """Drafts, cancelled lines and orders not yet due would count as broken promises."""
    acme = world.distributor("A")
    world.ordered(acme, date(2025, 6, 1), arrived=date(2025, 6, 2))
    world.ordered(acme, date(2025, 12, 28))  # promised for the next year
    OrderLineFactory.create(
        order=world.ordered(acme, date(2025, 6, 1), arrived=date(2025, 6, 3)), ordered=5, cancelled=5, shipped=0
    )
    draft = OrderFactory.create(distributor=acme, status=OrderStatus.DRAFT, promised_on=date(2025, 6, 1))
    OrderLineFactory.create(order=draft)
    world.ordered(acme, date(2025, 7, 1), lines=[(10, 0)])  # never arrived
    imported = OrderFactory.create(
        distributor=acme,
        status=OrderStatus.RECEIVED,
        promised_on=date(2025, 8, 1),
        shipped_at=NOW - timedelta(days=200),
    )
    OrderLineFactory.create(order=imported, shipped=10, received=10)
    assert world.steps(world.run(), acme)[Metric.ON_TIME_IN_FULL].inputs == {"lines": 4, "on_time": 3}


def test_computing_again_changes_nothing(world: World) -> None:
    """A task delivered twice would evaluate twice."""
    world.sold(world.distributor("A"), date(2025, 1, 1), "100")
    run = world.run()
    before = list(CriterionScore.objects.order_by("pk").values())
    again = compute_run(run_id=run.pk, now=NOW, today=NOW.date())
    assert not again.computed
    assert list(CriterionScore.objects.order_by("pk").values()) == before
    assert Event.objects.filter(kind="evaluation.run_done").count() == 1


def test_the_run_and_its_job_say_that_they_are_done(world: World) -> None:
    """The page would show a bar that never ends."""
    world.sold(world.distributor("A"), date(2025, 1, 1), "100")
    job = world.start().job
    assert job is not None
    assert run_job(job_id=job.pk)
    job.refresh_from_db()
    assert EvaluationRun.objects.get().status == RunStatus.DONE
    assert (job.status, job.percent, job.result) == (JobStatus.DONE, 100, {"distributors": 1, "scored": 1})


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_statements_does_not_grow(world: World, count: int) -> None:
    """An evaluation of ten thousand distributors would take hours."""
    for number in range(count):
        world.sold(world.distributor(f"N{number}"), date(2025, 1, 1), "100")
    with CaptureQueriesContext(connection) as queries:
        world.run()
    assert len(queries) <= 36, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_variations_are_those_of_the_textbook(world: World, seed: int) -> None:
    """The exact form in SQL would be another measure than the one the page names."""
    random = Random(seed)
    acme = world.distributor("A")
    months = sorted(random.sample(range(1, 13), 6))
    sold = {month: Decimal(random.randint(1, 10_000_000)) / 100 for month in months}
    for month, net in sold.items():
        world.sold(acme, date(2025, month, 1), str(net))
    days = sorted(random.sample(range(365), 9))
    for day in days:
        world.ordered(acme, date(2025, 1, 1) + timedelta(days=day))
    steps = world.steps(world.run(), acme)
    filled = [sold.get(month, Decimal(0)) for month in range(months[0], months[-1] + 1)]
    gaps = [Decimal(later - earlier) for earlier, later in pairwise(days)]
    for metric, figures in ((Metric.STEADINESS, filled), (Metric.ORDER_REGULARITY, gaps)):
        expected = pstdev(figures) / mean(figures)
        assert abs(steps[metric].value - expected) < Decimal("0.00000001")
