"""The pages of the evaluation, as the people who open them see them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Event
from evaluation.enums import Metric
from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.services.runs import compute_run
from messaging.services.notifications import notify
from tests.evaluation.world import NOW, World
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.evaluation import EvaluationFactory


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"evaluation:{name}", args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


@pytest.fixture
def evaluated(world: World) -> World:
    """Acme (measured on everything, twice), Beta (no plan, no orders) and Gamma (nobody bought in its currency)."""
    acme, beta = world.distributor("ACME", name="Acme", name_zh=""), world.distributor("BETA", name="Beta")
    world.distributor("GAMMA", name="Gamma", currency="JPY")
    Scorecard.objects.update(minimum_coverage=30)
    world.sold(acme, date(2024, 2, 1), "400")
    for month, net in ((1, "100"), (2, "200"), (7, "150")):
        world.sold(acme, date(2025, month, 1), net)
    world.sold(beta, date(2025, 3, 1), "1000")
    world.planned(acme, "600")
    for month in (1, 2, 3):
        world.ordered(acme, date(2025, month, 3), arrived=date(2025, month, 9 if month < 3 else 20))
    world.run(date(2024, 1, 1), date(2024, 12, 31))
    world.run()
    return world


def acme_of(world: World) -> Evaluation:
    found: Evaluation = Evaluation.objects.get(distributor__code="ACME", run__ends_on=date(2025, 12, 31))
    return found


def test_the_scorecard_says_grade_reason_steps_change_and_way_up(evaluated: World, client: Client) -> None:
    """A distributor would get a letter without a reason."""
    evaluation = acme_of(evaluated)
    client.force_login(OwnerFactory.create(distributor=evaluation.distributor))
    html = page(client, "scorecard", evaluation.pk)
    assert f"Grade {evaluation.grade}" in html
    assert "Most points lost:" in html
    for metric in Metric:
        assert str(metric.label) in html
        assert reverse("evaluation:step", args=[evaluation.pk, metric]) in html
    assert "Change since last time" in html
    assert "How to reach the next grade" in html
    assert "Contest this result" in html


def test_the_scorecard_without_any_data_says_so(evaluated: World, client: Client) -> None:
    """A distributor without orders would see a zero, or a crash."""
    evaluation = Evaluation.objects.get(distributor__code="GAMMA", run__ends_on=date(2025, 12, 31))
    client.force_login(OwnerFactory.create(distributor=evaluation.distributor))
    html = page(client, "scorecard", evaluation.pk)
    assert "nothing to measure" in html
    assert "Its weight of 30 is excluded." in html


@pytest.mark.parametrize("metric", Metric.values)
def test_every_step_opens_the_rows_behind_it(evaluated: World, client: Client, metric: str) -> None:
    """A figure would be a wall instead of a door."""
    evaluation = acme_of(evaluated)
    client.force_login(OwnerFactory.create(distributor=evaluation.distributor))
    html = page(client, "step", evaluation.pk, metric)
    assert "have changed since" not in html
    if metric == Metric.ON_TIME_IN_FULL:
        assert html.count("Missed") == 1
    elif metric != Metric.ORDER_REGULARITY:
        assert "$" in html


def test_rows_that_changed_since_the_run_are_announced(evaluated: World, client: Client) -> None:
    """Somebody would add up the rows and call the score wrong."""
    evaluation = acme_of(evaluated)
    evaluated.sold(evaluation.distributor, date(2025, 9, 1), "77")
    client.force_login(OwnerFactory.create(distributor=evaluation.distributor))
    assert "have changed since" in page(client, "step", evaluation.pk, Metric.GROWTH)


def test_the_run_page_ranks_counts_and_names_the_movers(evaluated: World, client: Client) -> None:
    """A director would have to add up grades by hand."""
    client.force_login(evaluated.director)
    run = EvaluationRun.objects.get(ends_on=date(2025, 12, 31))
    html = page(client, "run", run.pk)
    assert html.index("Ranking") < html.index("Acme")
    assert "Biggest gains" in html
    assert f"run={run.pk}&amp;sort=rank" in html
    assert page(client, "evaluations", query=f"?run={run.pk}&sort=rank")
    assert page(client, "runs")


def test_a_director_starts_a_run_and_sees_it_queued(world: World, client: Client) -> None:
    """Nobody could start an evaluation without a programmer."""
    client.force_login(world.director)
    periods = list(world.year.periods.order_by("number"))
    answer = client.post(
        reverse("evaluation:run-start"),
        {"scorecard": world.scorecard.pk, "first": periods[0].pk, "last": periods[11].pk},
    )
    run = EvaluationRun.objects.get()
    assert answer["Location"] == reverse("evaluation:run", args=[run.pk])
    assert "being computed" in page(client, "run", run.pk)
    compute_run(run_id=run.pk, now=NOW, today=NOW.date())
    assert "Evaluated" in page(client, "run", run.pk)


def test_a_run_backwards_is_refused_beside_the_field(world: World, client: Client) -> None:
    """What was chosen would be lost, or an error page shown."""
    client.force_login(world.director)
    periods = list(world.year.periods.order_by("number"))
    answer = client.post(
        reverse("evaluation:run-start"),
        {"scorecard": world.scorecard.pk, "first": periods[5].pk, "last": periods[2].pk},
    )
    assert answer.status_code == 400
    assert "first day of a business period" in answer.content.decode()


def test_an_owner_contests_and_the_manager_answers_on_the_page(evaluated: World, client: Client) -> None:
    """An objection would have to go by telephone."""
    evaluation = acme_of(evaluated)
    client.force_login(OwnerFactory.create(distributor=evaluation.distributor))
    assert client.post(reverse("evaluation:contest", args=[evaluation.pk]), {"text": ""}).status_code == 400
    client.post(reverse("evaluation:contest", args=[evaluation.pk]), {"text": "March was not our fault."})
    html = page(client, "scorecard", evaluation.pk)
    assert "March was not our fault." in html
    assert "Contest this result" not in html
    held = ResponsibilityFactory.create(distributor=evaluation.distributor)
    client.force_login(held.user)
    assert "Answer the objection" in page(client, "scorecard", evaluation.pk)
    client.post(reverse("evaluation:answer", args=[evaluation.pk]), {"text": "We agree."})
    assert "We agree." in page(client, "scorecard", evaluation.pk)


@pytest.mark.django_db
def test_a_distributor_sees_its_own_branch_only(client: Client) -> None:
    """A competitor's grade would be public."""
    mine = EvaluationFactory.create()
    below = EvaluationFactory.create(
        distributor=DistributorFactory.create(parent=mine.distributor), run=mine.run, rank=2
    )
    other = EvaluationFactory.create(run=mine.run, rank=3)
    client.force_login(OwnerFactory.create(distributor=mine.distributor))
    html = page(client, "evaluations")
    assert mine.distributor.name in html
    assert below.distributor.name in html
    assert other.distributor.name not in html
    for name, args in (
        ("scorecard", ()),
        ("step", ("growth",)),
        ("contest", ()),
    ):
        assert client.get(reverse(f"evaluation:{name}", args=[other.pk, *args])).status_code == 404
    assert client.get(reverse("evaluation:run", args=[mine.run_id])).status_code == 403


@pytest.mark.django_db
def test_a_manager_sees_only_those_he_answers_for(client: Client) -> None:
    """A manager would read the contests of a colleague's distributors."""
    mine, other = EvaluationFactory.create(), EvaluationFactory.create()
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=mine.distributor)
    client.force_login(manager)
    html = page(client, "evaluations")
    assert mine.distributor.name in html
    assert other.distributor.name not in html
    assert client.get(reverse("evaluation:answer", args=[other.pk])).status_code == 404


CARD = {
    "code": "yearly",
    "name": "Yearly",
    "name_zh": "年度",
    "grades": "A 85\nB 50\nC 0",
    "minimum_coverage": "75",
    "growth_weight": "60",
    "growth_floor": "-20",
    "growth_target": "20",
    "steadiness_weight": "40",
    "steadiness_floor": "1",
    "steadiness_target": "0.2",
}


@pytest.mark.django_db
def test_a_director_writes_rules_and_puts_them_in_force(client: Client) -> None:
    """Rules could only be changed in the database."""
    client.force_login(DirectorFactory.create())
    assert "Share of revenue" in page(client, "card-new")
    client.post(reverse("evaluation:card-new"), CARD)
    card = Scorecard.objects.get()
    assert [(one.metric, one.weight, one.floor, one.target) for one in card.criteria.all()] == [
        ("growth", Decimal(60), Decimal("-0.2"), Decimal("0.2")),
        ("steadiness", Decimal(40), Decimal(1), Decimal("0.2")),
    ]
    assert card.grades == [["A", 85.0], ["B", 50.0], ["C", 0.0]]
    assert "at least 75%" in page(client, "card", card.pk)
    assert "Activate" in page(client, "card", card.pk)
    client.post(reverse("evaluation:card-activate", args=[card.pk]))
    assert "New version" in page(client, "card", card.pk)
    assert "-20" in page(client, "card-edit", card.pk)
    client.post(reverse("evaluation:card-edit", args=[card.pk]), {**CARD, "growth_weight": "70"})
    assert Scorecard.objects.get(version=2).status == "draft"
    assert page(client, "cards")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"grades": "A 85"}, "The lowest grade must start at 0."),
        ({"grades": "A much"}, "is not a number"),
        ({"minimum_coverage": "101"}, "less than or equal to 100"),
        ({"growth_weight": "-1"}, "The weight must be more than zero."),
        ({"steadiness_target": "1"}, "must differ"),
        ({"growth_floor": ""}, "This field is required."),
    ],
)
def test_wrong_rules_come_back_with_what_was_typed(client: Client, changed: dict[str, str], said: str) -> None:
    """A director would type thirty figures again."""
    client.force_login(DirectorFactory.create())
    answer = client.post(reverse("evaluation:card-new"), {**CARD, **changed})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert said in html
    assert "Yearly" in html


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_for_one_and_for_thirty(world: World, client: Client, count: int) -> None:
    """A page would get slower with every distributor."""
    for number in range(count):
        world.sold(world.distributor(f"N{number}"), date(2025, 1, 1), f"{100 + number}")
    run = world.run()
    client.force_login(world.director)
    evaluation = run.evaluations.first()
    assert evaluation is not None
    page(client, "scorecard", evaluation.pk)
    for name, args, most in (("scorecard", [evaluation.pk], 14), ("run", [run.pk], 16), ("evaluations", [], 12)):
        with CaptureQueriesContext(connection) as queries:
            page(client, name, *args)
        assert len(queries) <= most, (name, [query["sql"][:110] for query in queries])


def test_the_distributor_page_has_the_latest_evaluation(evaluated: World, client: Client) -> None:
    """A manager on the distributor's page would have to look for the grade elsewhere."""
    evaluation = acme_of(evaluated)
    client.force_login(evaluated.director)
    for code, said in (("ACME", f"Grade {evaluation.grade}"), ("GAMMA", "nothing to measure")):
        answer = client.get(reverse("accounts:distributor", args=[code]) + "?tab=scorecard")
        assert said in answer.content.decode()
    evaluated.distributor("NEW")
    answer = client.get(reverse("accounts:distributor", args=["NEW"]) + "?tab=scorecard")
    assert "No evaluation yet" in answer.content.decode()


def test_a_notice_of_an_objection_reads_as_a_sentence(evaluated: World, client: Client) -> None:
    """A manager would see a code instead of what to do."""
    evaluation = acme_of(evaluated)
    client.force_login(OwnerFactory.create(distributor=evaluation.distributor))
    held = ResponsibilityFactory.create(distributor=evaluation.distributor)
    client.post(reverse("evaluation:contest", args=[evaluation.pk]), {"text": "March was not our fault."})
    notify([Event.objects.get(kind="evaluation.contested")])
    client.force_login(held.user)
    assert "ACME Acme has contested its evaluation" in client.get(reverse("messaging:notifications")).content.decode()
