"""What people and programs see of results that are provisional, voided, or rest on too little."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from company.services.business_years import open_calendar_year
from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.services.runs import compute_run
from evaluation.services.voids import void_run
from tests.evaluation.world import NOW, World
from tests.factories.accounts import AdministratorFactory, ManagerFactory, OwnerFactory


@pytest.fixture
def running(world: World) -> World:
    """A distributor that bought in the month of today."""
    today = timezone.localdate()
    open_calendar_year(today.year - 1)
    open_calendar_year(today.year)
    Scorecard.objects.update(minimum_coverage=30)
    world.sold(world.distributor("ACME", name="Acme"), today.replace(day=1), "100")
    return world


def month_of_today() -> tuple[date, date]:
    today = timezone.localdate()
    first = today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def api(client: Client, method: str, name: str, *args: Any, query: str = "", **body: Any) -> Any:
    address = reverse(f"api:{name}", args=args) + query
    return client.get(address) if method == "get" else client.post(address, body, content_type="application/json")


def text_of(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"evaluation:{name}", args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def ask(client: Client, world: World, **more: Any) -> Any:
    starts_on, ends_on = month_of_today()
    return api(
        client,
        "post",
        "evaluation-runs-list",
        scorecard=world.scorecard.code,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
        **more,
    )


def test_a_program_is_refused_a_running_period_or_gets_it_marked(running: World, client: Client) -> None:
    """An ERP would store a half month as the result of the month."""
    client.force_login(running.director)
    refused = ask(client, running)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "period_running")
    made = ask(client, running, provisional=True)
    assert (made.status_code, made.json()["result_status"]) == (201, "provisional")
    compute_run(run_id=made.json()["id"], now=timezone.now(), today=timezone.localdate())
    row = api(client, "get", "evaluations-list").json()["results"][0]
    assert (row["result_status"], row["coverage"]) == ("provisional", "30.00")


def test_pages_say_that_a_result_is_provisional(running: World, client: Client) -> None:
    """Somebody would take 26 days for a month."""
    client.force_login(running.director)
    starts_on, ends_on = month_of_today()
    period = running.year.periods.model.objects.get(starts_on=starts_on)
    chosen = {"scorecard": running.scorecard.pk, "first": period.pk, "last": period.pk}
    refused = client.post(reverse("evaluation:run-start"), chosen)
    assert refused.status_code == 400
    assert "not over yet" in refused.content.decode()
    client.post(reverse("evaluation:run-start"), {**chosen, "provisional": "on"})
    run = EvaluationRun.objects.get(ends_on=ends_on)
    compute_run(run_id=run.pk, now=timezone.now(), today=timezone.localdate())
    evaluation = run.evaluations.get()
    for name, args in (("run", [run.pk]), ("scorecard", [evaluation.pk]), ("evaluations", []), ("runs", [])):
        assert "Provisional" in text_of(client, name, *args), name
    exported: Any = client.get(reverse("evaluation:evaluations") + "?export=csv")
    export = b"".join(exported.streaming_content).decode()
    assert "Provisional" in export
    assert "Acme" in export
    client.force_login(OwnerFactory.create(distributor=evaluation.distributor))
    assert "Contest this result" not in text_of(client, "scorecard", evaluation.pk)


def test_a_director_voids_on_the_page_and_it_is_shown_only_when_asked_for(running: World, client: Client) -> None:
    """Figures that were taken back would go on being read."""
    running.sold(Evaluation.distributor.field.related_model.objects.get(code="ACME"), date(2025, 1, 1), "10")
    run = running.run()
    evaluation = run.evaluations.get()
    client.force_login(running.director)
    assert reverse("evaluation:run-void", args=[run.pk]) in text_of(client, "run", run.pk)
    address = reverse("evaluation:run-void", args=[run.pk])
    assert client.post(address, {"text": " "}).status_code == 400
    assert client.post(address, {"text": "Imports were missing."})["Location"] == run.get_absolute_url()
    assert client.post(address, {"text": "Again."}).status_code == 409
    for name, args in (("run", [run.pk]), ("scorecard", [evaluation.pk])):
        html = text_of(client, name, *args)
        assert "Voided" in html
        assert "Imports were missing." in html
    for name, asked in (
        ("evaluations", "?result_status=voided"),
        ("evaluations", f"?run={run.pk}"),
        ("runs", "?status=voided"),
    ):
        link = (evaluation if name == "evaluations" else run).get_absolute_url()
        assert f'href="{link}"' not in text_of(client, name)
        assert f'href="{link}"' in text_of(client, name, query=asked)


def test_a_program_voids_once(world: World, client: Client) -> None:
    """An ERP could not take back what it started, or would hear nothing of a second time."""
    world.distributor("A")
    run = world.run()
    client.force_login(ManagerFactory.create())
    assert api(client, "post", "evaluation-runs-void", run.pk, reason="Wrong.").status_code == 403
    client.force_login(world.director)
    assert api(client, "post", "evaluation-runs-void", run.pk, reason=" ").status_code == 400
    voided = api(client, "post", "evaluation-runs-void", run.pk, reason="Wrong.")
    assert (voided.status_code, voided.json()["result_status"], voided.json()["void_reason"]) == (
        200,
        "voided",
        "Wrong.",
    )
    assert api(client, "post", "evaluation-runs-void", run.pk, reason="Wrong.").status_code == 409
    assert api(client, "get", "evaluations-list").json()["results"] == []
    assert len(api(client, "get", "evaluations-list", query="?result_status=voided").json()["results"]) == 1
    assert api(client, "get", "evaluation-runs-list").json()["results"] == []
    assert api(client, "get", "evaluation-runs-detail", run.pk).json()["result_status"] == "voided"


def test_an_administrator_voids_in_the_administration(world: World, client: Client) -> None:
    """The action would void without a reason, or do nothing without a word."""
    world.distributor("A")
    run = world.run()
    client.force_login(AdministratorFactory.create())
    address = reverse("admin:evaluation_evaluationrun_changelist")
    refused = client.post(address, {"action": "void", "_selected_action": [run.pk], "reason": ""})
    assert "Give the reason" in " ".join(str(message) for message in get_messages(refused.wsgi_request))
    client.post(address, {"action": "void", "_selected_action": [run.pk], "reason": "Wrong."})
    run.refresh_from_db()
    assert (run.status, run.void_reason) == ("voided", "Wrong.")


def test_the_scorecard_says_how_much_was_measured_and_that_it_is_not_enough(world: World, client: Client) -> None:
    """A distributor would ask why there is no grade beside 100 points."""
    acme = world.distributor("A")
    world.sold(acme, date(2025, 1, 1), "100")
    evaluation = world.run().evaluations.get()
    client.force_login(OwnerFactory.create(distributor=acme))
    html = text_of(client, "scorecard", evaluation.pk)
    assert "only 30% of the weight could be measured and 60% is needed" in html
    assert "How to reach the next grade" not in html
    assert "30% measured, no grade" in client.get(acme.get_absolute_url()).content.decode()
    assert evaluation.coverage == Decimal(30)


def test_answers_to_objections_of_a_voided_run_are_no_work(world: World, client: Client) -> None:
    """A manager would be asked to answer for figures that nobody stands by."""
    world.distributor("A")
    run = world.run()
    Evaluation.objects.update(contest="Wrong.", contested_at=NOW)
    client.force_login(world.director)
    assert "Wrong." in client.get(reverse("home")).content.decode()
    void_run(run_id=run.pk, reason="Imports were missing.", actor=world.director, now=NOW)
    assert "Wrong." not in client.get(reverse("home")).content.decode()
