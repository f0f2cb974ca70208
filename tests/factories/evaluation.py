"""Scorecards, runs, evaluations and complaints for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from cases.models import Complaint
from company.services.business_years import open_calendar_year
from evaluation.enums import Metric, ScorecardStatus
from evaluation.models import Criterion, CriterionScore, Evaluation, EvaluationRun, Scorecard

BANDS = {
    Metric.REVENUE_SHARE: (30, "0", "0.5"),
    Metric.GROWTH: (20, "-0.2", "0.2"),
    Metric.STEADINESS: (10, "1", "0"),
    Metric.PLAN_ATTAINMENT: (20, "0.5", "1"),
    Metric.ON_TIME_IN_FULL: (10, "0.5", "1"),
    Metric.ORDER_REGULARITY: (10, "1", "0"),
}


class ScorecardFactory(DjangoModelFactory[Scorecard]):
    class Meta:
        model = Scorecard

    code = factory.Sequence(lambda number: f"card-{number}")
    name = "Distributor scorecard"
    name_zh = "经销商评分卡"
    status = ScorecardStatus.ACTIVE
    grades = factory.LazyFunction(lambda: [["A", 85], ["B", 70], ["C", 50], ["D", 0]])


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    scorecard = factory.SubFactory(ScorecardFactory)
    metric = Metric.GROWTH
    weight = Decimal(20)
    floor = Decimal("-0.2")
    target = Decimal("0.2")


class EvaluationRunFactory(DjangoModelFactory[EvaluationRun]):
    class Meta:
        model = EvaluationRun

    scorecard = factory.SubFactory(ScorecardFactory)
    year = factory.LazyAttribute(lambda run: open_calendar_year(run.ends_on.year))
    starts_on = date(2025, 1, 1)
    ends_on = date(2025, 12, 31)
    created_at = datetime(2026, 1, 2, tzinfo=UTC)


class EvaluationFactory(DjangoModelFactory[Evaluation]):
    class Meta:
        model = Evaluation

    run = factory.SubFactory(EvaluationRunFactory, status="done", computed_at=datetime(2026, 1, 2, tzinfo=UTC))
    distributor = factory.SubFactory("tests.factories.accounts.DistributorFactory")
    score = Decimal("75.0000")
    coverage = Decimal(100)
    grade = "B"
    rank = 1


class CriterionScoreFactory(DjangoModelFactory[CriterionScore]):
    class Meta:
        model = CriterionScore

    evaluation = factory.SubFactory(EvaluationFactory)
    metric = Metric.GROWTH
    inputs = factory.LazyFunction(lambda: {"net": "110.0000", "before": "100.0000"})
    value = Decimal("0.1")
    score = Decimal("75.0000")
    weight = Decimal(20)
    points = Decimal("75.0000")


class ComplaintFactory(DjangoModelFactory[Complaint]):
    class Meta:
        model = Complaint

    code = factory.Sequence(lambda number: f"COMPLAINT-{number}")
    distributor = factory.SubFactory("tests.factories.accounts.DistributorFactory")
    subject = "Cartons arrived wet"
    received_on = date(2025, 6, 1)


def full_scorecard(**fields: Any) -> Scorecard:
    """A scorecard in force with every measure, weights that add up to 100, and bands for mental arithmetic."""
    scorecard = ScorecardFactory.create(**fields)
    Criterion.objects.bulk_create(
        [
            Criterion(
                scorecard=scorecard,
                metric=metric,
                weight=Decimal(weight),
                floor=Decimal(floor),
                target=Decimal(target),
                position=position,
            )
            for position, (metric, (weight, floor, target)) in enumerate(BANDS.items())
        ]
    )
    return scorecard
