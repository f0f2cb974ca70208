"""Evaluating every distributor, beside one hand-written statement that only computes the same raw figures.

Ours also freezes the inputs, scores, ranks, writes and commits everything, with all constraints.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.db import connection
from django.utils import timezone

from bench.database import big
from bench.results import Result, alternate
from company.models import BusinessYear
from evaluation.enums import Metric
from evaluation.models import Criterion, CriterionScore, EvaluationRun, Scorecard
from evaluation.services.runs import compute_run

BY_HAND = """
WITH p AS (SELECT id, starts_on >= %(from)s AS cur FROM company_businessperiod
    WHERE starts_on >= %(before)s AND ends_on <= %(to)s),
m AS (SELECT a.distributor_id d, a.period_id, p.cur, sum(a.net_amount) net
    FROM planning_salesactual a JOIN p ON p.id = a.period_id AND a.basis = 'ordered' GROUP BY 1, 2, 3),
s AS (SELECT d, sum(net) FILTER (WHERE cur) cur, sum(net) FILTER (WHERE NOT cur) prev,
    max(period_id) FILTER (WHERE cur) - min(period_id) FILTER (WHERE cur) + 1 n, sum(net * net) FILTER (WHERE cur) sq
    FROM m GROUP BY 1),
pl AS (SELECT pl.distributor_id d, sum(pp.amount) plan FROM planning_salesplan pl
    JOIN planning_salesplanperiod pp ON pp.plan_id = pl.id JOIN p ON p.id = pp.period_id AND p.cur
    WHERE pl.level = 'distributor' AND pl.is_current AND pl.status IN ('agreed', 'locked') GROUP BY 1),
o AS (SELECT id, distributor_id d, promised_on,
        (COALESCE(delivered_at, received_at, CASE WHEN status IN ('delivered', 'received') THEN shipped_at END)
            AT TIME ZONE 'UTC')::date at, status
    FROM orders_order WHERE status IN ('approved', 'picking', 'partly_shipped', 'shipped', 'delivered', 'received')
        AND promised_on BETWEEN %(from)s AND %(due)s),
l AS (SELECT o.d, count(*) n, count(*) FILTER (WHERE o.at <= o.promised_on
        AND CASE WHEN o.status = 'received' THEN l.received ELSE l.shipped END >= l.ordered - l.cancelled) ok
    FROM o JOIN orders_orderline l ON l.order_id = o.id WHERE l.ordered > l.cancelled GROUP BY 1),
g AS (SELECT distributor_id d, ordered_on - lag(ordered_on) OVER (PARTITION BY distributor_id ORDER BY ordered_on) gap
    FROM (SELECT DISTINCT distributor_id, ordered_on FROM orders_order
        WHERE status IN ('approved', 'picking', 'partly_shipped', 'shipped', 'delivered', 'received')
            AND ordered_on BETWEEN %(from)s AND %(to)s) days),
r AS (SELECT d, stddev_pop(gap) / NULLIF(avg(gap), 0) cv, count(*) days FROM g GROUP BY 1)
SELECT di.id, COALESCE(s.cur, 0) / sum(s.cur) OVER (PARTITION BY di.currency) AS share,
    COALESCE(s.cur, 0) / NULLIF(s.prev, 0) - 1 AS growth,
    CASE WHEN s.n >= 2 THEN sqrt(greatest(s.n * s.sq - s.cur * s.cur, 0)) / NULLIF(s.cur, 0) END AS steadiness,
    COALESCE(s.cur, 0) / NULLIF(pl.plan, 0) AS attainment, l.ok::numeric / NULLIF(l.n, 0) AS otif,
    CASE WHEN r.days >= 3 THEN r.cv END AS regularity
FROM accounts_distributor di LEFT JOIN s ON s.d = di.id LEFT JOIN pl ON pl.d = di.id LEFT JOIN l ON l.d = di.id
    LEFT JOIN r ON r.d = di.id
WHERE di.status IN ('active', 'probation', 'suspended')
"""
BANDS = {
    Metric.REVENUE_SHARE: (30, 0, "0.001"),
    Metric.GROWTH: (20, "-0.3", "0.3"),
    Metric.STEADINESS: (10, 1, 0),
    Metric.PLAN_ATTAINMENT: (20, "0.5", "1.1"),
    Metric.ON_TIME_IN_FULL: (10, "0.5", 1),
    Metric.ORDER_REGULARITY: (10, 1, 0),
}


def measure(*, quick: bool) -> list[Result]:
    rounds = 2 if quick else 3
    with big(quick=quick):
        year = _a_full_year()
        numbers = count(1)

        def ours() -> None:
            run = _queued(year, next(numbers))
            compute_run(run_id=run.pk, now=timezone.now(), today=year.ends_on + timedelta(days=1))

        try:
            took = alternate({"ours": ours, "by hand": lambda: _by_hand(year)}, rounds=rounds)
            different = _differences(year)
            if different:
                raise SystemExit(f"the figures differ: {different[:3]}")
        finally:
            EvaluationRun.objects.filter(scorecard__code="bench").delete()
            Scorecard.objects.filter(code="bench").delete()
        distributors = len(_by_hand(year))
    return [
        Result(
            name=f"Evaluation of {distributors:,} distributors",
            figure=took["ours"],
            unit="ms",
            compared_with="one hand-written SELECT of the raw figures",
            its_figure=took["by hand"],
            aim="at most 2.0",
        )
    ]


def _a_full_year() -> BusinessYear:
    """The latest business year that has sales in its first and in its last period."""
    for year in BusinessYear.objects.order_by("-ends_on"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(DISTINCT period_id) FROM planning_salesactual"
                " JOIN company_businessperiod p ON p.id = period_id"
                " WHERE p.year_id = %s",
                [year.pk],
            )
            if cursor.fetchone()[0] == year.periods.count() > 0:
                return year
    raise SystemExit("There is no business year full of sales.")


def _queued(year: BusinessYear, number: int) -> EvaluationRun:
    card = Scorecard.objects.create(code="bench", version=number, name="bench", grades=[["A", 80], ["B", 60], ["C", 0]])
    Criterion.objects.bulk_create(
        Criterion(
            scorecard=card,
            metric=metric,
            weight=Decimal(weight),
            floor=Decimal(floor),
            target=Decimal(target),
            position=place,
        )
        for place, (metric, (weight, floor, target)) in enumerate(BANDS.items())
    )
    return EvaluationRun.objects.create(
        scorecard=card, year=year, starts_on=year.starts_on, ends_on=year.ends_on, created_at=timezone.now()
    )


def _by_hand(year: BusinessYear) -> list[tuple[object, ...]]:
    before = BusinessYear.objects.filter(ends_on__lt=year.starts_on).order_by("-ends_on").first()
    days: dict[str, date] = {
        "from": year.starts_on,
        "to": year.ends_on,
        "due": year.ends_on,
        "before": (before or year).starts_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, days)
        return cursor.fetchall()


def _differences(year: BusinessYear) -> list[object]:
    """Figures of the last run that are not what the hand-written statement says."""
    run = EvaluationRun.objects.filter(scorecard__code="bench").order_by("-pk")[0]
    stored: dict[tuple[int, str], Decimal | None] = {
        (distributor, metric): value
        for distributor, metric, value in CriterionScore.objects.filter(evaluation__run=run).values_list(
            "evaluation__distributor_id", "metric", "value"
        )
    }
    wrong: list[object] = []
    for distributor, *figures in _by_hand(year):
        for metric, figure in zip(BANDS, figures, strict=True):
            ours, theirs = stored[distributor, metric], None if figure is None else Decimal(figure)
            if (ours is None) != (theirs is None) or (ours is not None and abs(ours - theirs) > Decimal("1e-7")):
                wrong.append((distributor, metric, ours, theirs))
    return wrong
