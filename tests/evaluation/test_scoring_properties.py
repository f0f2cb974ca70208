"""Whatever the figures: steps add up, scores stay within 0 and 100, no data stays no data, and SQL and Python agree."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.enums import Metric
from evaluation.models import Criterion, CriterionScore, Evaluation
from evaluation.scoring.arithmetic import Band, Scored, add_up, grade_of
from evaluation.scoring.formulas import SCORED
from evaluation.selectors.invariants import INVARIANTS
from tests.evaluation.world import World

weights = st.decimals("0.01", "9999.99", places=2)
bounds = st.decimals("-1000", "1000", places=6)
values = st.none() | st.decimals("-1e6", "1e6", places=8)


@st.composite
def cards(draw: st.DrawFn) -> tuple[dict[str, Band], dict[str, Decimal | None]]:
    metrics = draw(st.lists(st.sampled_from(Metric.values), min_size=1, unique=True))
    bands = {}
    for metric in metrics:
        floor, target = draw(st.tuples(bounds, bounds).filter(lambda pair: pair[0] != pair[1]))
        bands[metric] = Band(weight=draw(weights), floor=floor, target=target)
    return bands, {metric: draw(values) for metric in metrics}


@given(cards())
def test_points_add_up_to_the_score(card: tuple[dict[str, Band], dict[str, Decimal | None]]) -> None:
    """A distributor would add up its own scorecard and get another number."""
    bands, raw = card
    result = add_up(raw, bands)
    measured = {metric for metric, value in raw.items() if value is not None}
    assert set(result.scores) == set(result.points) == measured
    if not measured:
        assert result.score is None
        return
    assert sum(result.points.values()) == result.score
    assert result.score is not None
    assert 0 <= result.score <= 100
    assert all(0 <= score <= 100 for score in result.scores.values())
    share = sum(bands[metric].weight for metric in measured)
    for metric, points in result.points.items():
        assert abs(points - bands[metric].weight * result.scores[metric] / share) < Decimal("0.0001")


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cards())
def test_the_database_computes_the_same(card: tuple[dict[str, Band], dict[str, Decimal | None]]) -> None:
    """The explanation on the page (Python) would differ from the stored score (SQL)."""
    bands, raw = card
    assert _by_sql(bands, raw) == add_up(raw, bands)


def _by_sql(bands: dict[str, Band], raw: dict[str, Decimal | None]) -> Scored:
    """The SQL of a run on given values: the share of revenue of an amount in one is the amount."""
    rows = [
        (metric, raw[metric], band.weight, band.floor, band.target, place)
        for place, (metric, band) in enumerate(bands.items())
    ]
    places = ", ".join(["(%s, %s::numeric, %s::numeric, %s::numeric, %s::numeric, %s)"] * len(rows))
    sql = f"""
        WITH given(name, value, weight, floor, target, position) AS (VALUES {places}),
        source AS (
            SELECT 1 AS key, 'revenue_share' AS metric, name, weight, floor, target, position,
                jsonb_build_object('net', value::text, 'total', '1') AS inputs FROM given
        ), {SCORED}
        SELECT given.name, steps.score, steps.points, steps.total FROM steps JOIN given USING (position)
    """  # noqa: S608 - constants of this app joined; values are bound
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])
        found = cursor.fetchall()
    return Scored(
        score=found[0][3].quantize(Decimal("0.0001")) if found[0][3] is not None else None,
        scores={name: score for name, score, _points, _total in found if score is not None},
        points={name: points.quantize(Decimal("0.0001")) for name, score, points, _total in found if score is not None},
    )


@given(st.decimals("0", "100", places=4), st.lists(st.decimals("1", "100", places=2), unique=True, max_size=6))
def test_a_grade_is_the_best_threshold_reached(score: Decimal, thresholds: list[Decimal]) -> None:
    """Somebody would get a grade that was not earned."""
    grades: list[list[Any]] = [["lowest", 0], *([str(number), least] for number, least in enumerate(thresholds))]
    won = grade_of(score, grades)
    assert {str(name): least for name, least in grades}[won] == max(
        least for _name, least in grades if Decimal(least) <= score
    )


@pytest.mark.parametrize("check", INVARIANTS, ids=lambda check: check.name)
def test_each_check_is_silent_on_a_run_and_finds_a_falsified_one(world: World, check: object) -> None:
    """A figure changed behind the program's back would stay unnoticed."""
    from datetime import date

    acme, rival = world.distributor("A"), world.distributor("B")
    world.sold(acme, date(2024, 1, 1), "90")
    for month in (1, 2, 3):
        world.sold(acme, date(2025, month, 1), "100.01")
        world.sold(rival, date(2025, month, 1), "33.33")
        world.ordered(acme, date(2025, month, 3 * month), arrived=date(2025, month, 20))
    world.planned(acme, "700")
    world.planned(rival, "700")
    run = world.run()
    assert [list(one.find(10)) for one in INVARIANTS] == [[]] * len(INVARIANTS)
    falsified = {
        "evaluation.same_figures_from_frozen_inputs": lambda: CriterionScore.objects.filter(
            metric=Metric.GROWTH
        ).update(inputs={"net": "999", "before": "90"}),
        "evaluation.steps_add_up_to_the_score": lambda: Evaluation.objects.filter(rank=1).update(
            score=Decimal("99.9999")
        ),
        "evaluation.coverage_is_the_weight_measured": lambda: Evaluation.objects.filter(rank=1).update(
            coverage=Decimal("12.34")
        ),
        "evaluation.grade_follows_from_the_score": lambda: Evaluation.objects.filter(rank=1).update(grade="D"),
        "evaluation.rank_follows_from_the_scores": lambda: Evaluation.objects.filter(rank=2).update(rank=5),
        "evaluation.only_finished_runs_have_results": lambda: type(run).objects.update(computed_at=None),
    }
    falsified[check.name]()
    assert check.find(10)


def test_recomputing_uses_the_frozen_figures_only(world: World) -> None:
    """A correction of last year's orders would silently change a grade that was given."""
    from datetime import date

    from planning.models import SalesActual

    acme = world.distributor("A")
    world.sold(acme, date(2024, 1, 1), "90")
    world.sold(acme, date(2025, 1, 1), "100")
    world.run()
    SalesActual.objects.update(net_amount=Decimal(5), gross_amount=Decimal(5))
    assert [list(one.find(10)) for one in INVARIANTS] == [[]] * len(INVARIANTS)
    Criterion.objects.filter(metric=Metric.GROWTH).update(target=Decimal("0.3"))
    assert INVARIANTS[0].find(10)
