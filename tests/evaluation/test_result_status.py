"""What a result is worth: measured enough or not, final, provisional, replaced or voided."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event
from evaluation.enums import Metric, ResultStatus, RunStatus
from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.selectors.invariants import INVARIANTS
from evaluation.selectors.run_page import newest_grades, previous_run, read_run
from evaluation.selectors.scorecard_page import read_scorecard
from evaluation.services.objections import contest_evaluation
from evaluation.services.runs import StartedRun, compute_run, start_run
from evaluation.services.voids import void_run
from planning.enums import PlanStatus
from tests.evaluation.world import NOW, YEAR, World
from tests.factories.accounts import ManagerFactory, OwnerFactory
from tests.sql import offending_rows

NOVEMBER = (date(2025, 11, 1), date(2025, 11, 30))
RUNNING = datetime(2025, 11, 26, 9, tzinfo=UTC)
LATER = datetime(2025, 12, 1, 9, tzinfo=UTC)


def start(world: World, *, at: datetime, provisional: bool = False, days: tuple[date, date] = NOVEMBER) -> StartedRun:
    return start_run(
        scorecard_id=world.scorecard.pk,
        starts_on=days[0],
        ends_on=days[1],
        actor=world.director,
        now=at,
        provisional=provisional,
    )


def run(world: World, *, at: datetime, **wanted: Any) -> EvaluationRun:
    started = start(world, at=at, **wanted)
    compute_run(run_id=started.run.pk, now=at, today=at.date())
    return EvaluationRun.objects.get(pk=started.run.pk)


def void(world: World, run: EvaluationRun, reason: str = "Imports were missing.", actor: Any = None) -> EvaluationRun:
    return void_run(run_id=run.pk, reason=reason, actor=actor or world.director, now=NOW)


def result(world: World, code: str) -> Evaluation:
    found: Evaluation = Evaluation.objects.get(distributor__code=code)
    return found


def test_nothing_bought_is_zero_and_not_without_data(world: World) -> None:
    """Whoever bought nothing but received one small delivery in time would lead the ranking with 100 points."""
    silent, rival = world.distributor("SILENT"), world.distributor("RIVAL")
    world.sold(silent, date(2024, 6, 1), "500")
    world.sold(rival, date(2024, 6, 1), "100")
    world.sold(rival, date(2025, 6, 1), "120")
    world.planned(silent, "1000")
    world.planned(rival, "100")
    world.ordered(silent, date(2025, 1, 2), arrived=date(2025, 1, 5))
    steps = world.steps(world.run(), silent)
    assert steps[Metric.REVENUE_SHARE].value == 0
    assert steps[Metric.GROWTH].value == -1
    assert steps[Metric.PLAN_ATTAINMENT].value == 0
    assert steps[Metric.ON_TIME_IN_FULL].score == 100
    assert [steps[metric].value for metric in (Metric.STEADINESS, Metric.ORDER_REGULARITY)] == [None, None]
    # 10 × 100 of the 80 weights measured
    assert (result(world, "SILENT").score, result(world, "SILENT").coverage) == (Decimal("12.5000"), 80)
    assert (result(world, "SILENT").rank, result(world, "RIVAL").rank) == (2, 1)


def test_what_was_bought_in_another_currency_before_hides_no_plan(world: World) -> None:
    """A distributor that changed its currency and stopped buying would have no plan to miss."""
    acme = world.distributor("A", currency="USD")
    world.sold(acme, date(2024, 6, 1), "500", currency="EUR")
    world.planned(acme, "1000")
    steps = world.steps(world.run(), acme)
    assert steps[Metric.PLAN_ATTAINMENT].value == 0
    assert steps[Metric.PLAN_ATTAINMENT].inputs["currency"] == "USD"


def test_little_weight_is_said_and_not_ranked(world: World) -> None:
    """One measure out of six would be put before full scorecards."""
    newcomer, full = world.distributor("NEW"), world.distributor("FULL")
    world.sold(newcomer, date(2025, 6, 1), "900")
    world.sold(full, date(2024, 6, 1), "100")
    world.sold(full, date(2025, 6, 1), "100")
    world.planned(full, "1200")
    world.ordered(full, date(2025, 6, 1), arrived=date(2025, 6, 2))
    world.run()
    little = result(world, "NEW")
    assert (little.score, little.coverage, little.grade, little.rank) == (Decimal("100.0000"), 30, "", None)
    assert little.lacks_coverage
    assert (result(world, "FULL").coverage, result(world, "FULL").rank) == (80, 1)
    page = read_scorecard(actor=world.director, evaluation_id=little.pk)
    assert (page.next_grade, page.ways, page.ranked) == ("", [], 1)
    assert (read_run(little.run).measured, read_run(little.run).ranked) == (2, 1)
    assert read_run(little.run).mean == result(world, "FULL").score
    assert offending_rows(INVARIANTS) == {}


@pytest.mark.parametrize(("minimum", "ranked"), [("79.99", True), ("80", True), ("80.01", False), ("0", True)])
def test_the_minimum_itself_is_enough(world: World, minimum: str, *, ranked: bool) -> None:
    """A distributor exactly at the minimum would fall on one side by rounding."""
    acme = world.distributor("A")
    world.sold(acme, date(2024, 6, 1), "100")
    world.sold(acme, date(2025, 6, 1), "100")
    world.planned(acme, "1200")
    world.ordered(acme, date(2025, 6, 1), arrived=date(2025, 6, 2))
    Scorecard.objects.update(minimum_coverage=Decimal(minimum))
    world.run()
    assert (result(world, "A").rank == 1) is ranked
    assert bool(result(world, "A").grade) is ranked


def test_a_coverage_is_cut_and_never_rounded_up_to_the_minimum(world: World) -> None:
    """Two thirds would count as 66.67 %, and be ranked where that is needed."""
    Scorecard.objects.get().criteria.exclude(metric__in=[Metric.REVENUE_SHARE, Metric.GROWTH]).delete()
    Scorecard.objects.get().criteria.filter(metric=Metric.REVENUE_SHARE).update(weight=2)
    Scorecard.objects.get().criteria.filter(metric=Metric.GROWTH).update(weight=1)
    Scorecard.objects.update(minimum_coverage=Decimal("66.67"))
    world.sold(world.distributor("A"), date(2025, 6, 1), "100")
    world.run()
    assert (result(world, "A").coverage, result(world, "A").rank) == (Decimal("66.66"), None)


def test_nothing_bought_in_the_whole_channel(world: World) -> None:
    """A division by nothing would stop the run; or everybody would share in nothing."""
    planned, bare = world.distributor("PLANNED"), world.distributor("BARE")
    world.planned(planned, "1200", status=PlanStatus.LOCKED)
    run = world.run()
    assert world.steps(run, planned)[Metric.REVENUE_SHARE].value is None
    assert world.steps(run, planned)[Metric.PLAN_ATTAINMENT].value == 0
    assert [step.value for step in world.steps(run, bare).values()] == [None] * 6
    assert (result(world, "BARE").score, result(world, "BARE").coverage, result(world, "BARE").rank) == (None, 0, None)
    assert offending_rows(INVARIANTS) == {}


def test_one_distributor_has_the_whole_market(world: World) -> None:
    """A channel of one would be evaluated by the mean of nobody."""
    world.sold(world.distributor("A"), date(2025, 6, 1), "1")
    assert world.steps(world.run(), result(world, "A").distributor)[Metric.REVENUE_SHARE].value == 1


@pytest.mark.parametrize("minimum", [Decimal("-0.01"), Decimal("100.01")])
def test_the_database_holds_the_minimum_between_0_and_100(world: World, minimum: Decimal) -> None:
    """With 101 nobody would ever be ranked again."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Scorecard.objects.update(minimum_coverage=minimum)


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (datetime(2025, 11, 30, 15, tzinfo=UTC), "period_running"),  # ends today
        (RUNNING, "period_running"),
        (datetime(2025, 10, 31, 9, tzinfo=UTC), "period_not_begun"),
    ],
)
def test_a_period_that_is_not_over_is_refused(world: World, at: datetime, refused: str) -> None:
    """26 days would be measured against the plan of a month, and never again."""
    with pytest.raises(InvalidInput) as error:
        start(world, at=at)
    assert error.value.problems[0].code == refused
    assert not EvaluationRun.objects.exists()


def test_days_that_have_not_begun_are_not_even_provisional(world: World) -> None:
    """Everybody would be measured at zero."""
    with pytest.raises(InvalidInput):
        start(world, at=datetime(2025, 10, 31, 9, tzinfo=UTC), provisional=True)


def test_a_year_whose_last_months_are_to_come_can_be_provisional(world: World) -> None:
    assert start(world, at=RUNNING, days=YEAR, provisional=True).run.is_provisional


def test_a_period_that_is_over_is_final_whatever_was_asked_for(world: World) -> None:
    """A finished month would stay out of the trends for ever."""
    assert not start(world, at=LATER, provisional=True).run.is_provisional


def test_the_final_run_replaces_the_provisional_ones(world: World) -> None:
    """What was measured after 26 days would stand beside the month, or in its place."""
    world.sold(world.distributor("A"), date(2025, 11, 1), "100")
    first = run(world, at=RUNNING, provisional=True)
    assert (first.result_status, first.status) == (ResultStatus.PROVISIONAL, RunStatus.DONE)
    second = run(world, at=datetime(2025, 11, 27, 9, tzinfo=UTC), provisional=True)
    final = run(world, at=LATER)
    first.refresh_from_db()
    second.refresh_from_db()
    assert [(one.result_status, one.replaced_by_id) for one in (first, second, final)] == [
        (ResultStatus.REPLACED, second.pk),
        (ResultStatus.REPLACED, final.pk),
        (ResultStatus.FINAL, None),
    ]
    assert Evaluation.objects.count() == 3  # the history keeps them
    assert list(Evaluation.objects.current()) == list(final.evaluations.all())
    assert offending_rows(INVARIANTS) == {}


def test_a_provisional_run_computed_after_the_period_is_final(world: World) -> None:
    """A run that waited in the queue over midnight would be marked as what it is not."""
    queued = start(world, at=RUNNING, provisional=True).run
    compute_run(run_id=queued.pk, now=LATER, today=LATER.date())
    queued.refresh_from_db()
    assert queued.result_status == ResultStatus.FINAL
    assert not start(world, at=LATER).created


def test_a_provisional_run_that_is_computed_too_late_is_replaced_at_once(world: World) -> None:
    """It would overwrite, or stand beside, the final result."""
    late = start(world, at=RUNNING, provisional=True).run
    final = run(world, at=LATER)
    assert not compute_run(run_id=late.pk, now=LATER, today=LATER.date()).computed
    late.refresh_from_db()
    assert (late.result_status, late.replaced_by) == (ResultStatus.REPLACED, final)
    assert offending_rows(INVARIANTS) == {}


def test_a_provisional_result_is_in_no_trend(world: World) -> None:
    """A score would seem to fall each month, until the month is over."""
    acme = world.distributor("A")
    for month in (9, 10, 11):
        world.sold(acme, date(2025, month, 1), "100")
    Scorecard.objects.update(minimum_coverage=0)
    october = run(world, at=RUNNING, days=(date(2025, 10, 1), date(2025, 10, 31)))
    provisional = run(world, at=RUNNING, provisional=True)
    december = run(world, at=NOW, days=(date(2025, 12, 1), date(2025, 12, 31)))
    newest = newest_grades(world.director)
    assert newest is not None
    assert newest[0] == december
    assert previous_run(december) == october
    assert previous_run(provisional) is None
    page = read_scorecard(actor=world.director, evaluation_id=provisional.evaluations.get().pk)
    assert (list(page.history), page.change) == ([], None)


def test_a_provisional_result_is_not_contested(world: World) -> None:
    """An objection would stay with a result that is gone tomorrow."""
    acme = world.distributor("A")
    provisional = run(world, at=RUNNING, provisional=True)
    with pytest.raises(Conflict):
        contest_evaluation(
            evaluation_id=provisional.evaluations.get().pk,
            text="Wrong.",
            actor=OwnerFactory.create(distributor=acme),
            now=RUNNING,
        )


def test_a_run_is_voided_with_its_reason_and_kept(world: World) -> None:
    """A wrong run could not be taken back, or would be gone without a trace."""
    world.sold(world.distributor("A"), date(2025, 1, 1), "100")
    wrong = void(world, world.run(), reason="  Imports of March\nwere missing.  ")
    assert (wrong.result_status, wrong.voided_by, wrong.voided_at) == (ResultStatus.VOIDED, world.director, NOW)
    assert wrong.void_reason == "Imports of March were missing."
    assert Event.objects.get(kind="evaluation.run_voided").data == {"reason": "Imports of March were missing."}
    assert wrong.evaluations.count() == 1
    assert not Evaluation.objects.current().exists()
    assert newest_grades(world.director) is None
    with pytest.raises(Conflict):
        void(world, wrong)
    again = world.run()  # the same days can be evaluated again
    assert again.result_status == ResultStatus.FINAL
    assert offending_rows(INVARIANTS) == {}


def test_a_voided_run_is_no_longer_what_others_are_compared_with(world: World) -> None:
    """The home would go on comparing with figures that were taken back."""
    acme = world.distributor("A")
    for month in (10, 11):
        world.sold(acme, date(2025, month, 1), "100")
    october = run(world, at=LATER, days=(date(2025, 10, 1), date(2025, 10, 31)))
    november = run(world, at=LATER)
    before = newest_grades(world.director)
    assert before is not None
    assert before[1].previous == october
    void(world, october)
    after = newest_grades(world.director)
    assert after is not None
    assert (after[0], after[1].previous) == (november, None)


def test_a_run_that_is_being_computed_or_has_failed_is_not_voided(world: World) -> None:
    """Its job would write results into a run that was taken back."""
    queued = world.start().run
    with pytest.raises(Conflict):
        void(world, queued)
    EvaluationRun.objects.update(status=RunStatus.FAILED)
    with pytest.raises(Conflict):
        void(world, queued)


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_voiding_needs_a_reason(world: World, reason: str) -> None:
    """Nobody would know later why the figures are gone."""
    finished = world.run()
    with pytest.raises(InvalidInput):
        void(world, finished, reason=reason)
    assert EvaluationRun.objects.get().status == RunStatus.DONE


def test_who_may_not_run_may_not_void(world: World) -> None:
    """A manager could take back a grade of a colleague's distributor."""
    finished = world.run()
    with pytest.raises(NotAllowed):
        void(world, finished, actor=ManagerFactory.create())
    with pytest.raises(NotVisible):
        void(world, finished, actor=OwnerFactory.create())


def test_the_database_keeps_a_voided_run_with_its_reason(world: World) -> None:
    world.run()
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationRun.objects.update(status=RunStatus.VOIDED)
