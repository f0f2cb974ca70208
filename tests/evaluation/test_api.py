"""What a distributor's own system and the director's tools read and do by API."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluation.models import Evaluation, EvaluationRun, Scorecard
from tests.evaluation.world import World
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, OwnerFactory
from tests.factories.evaluation import ComplaintFactory, EvaluationFactory


def call(client: Client, method: str, name: str, *args: Any, body: Any = None, **headers: str) -> Any:
    address = reverse(f"api:{name}", args=args)
    extra = {"headers": {name.replace("_", "-"): value for name, value in headers.items()}}
    if method == "get":
        return client.get(address, **extra)
    return client.post(address, body, content_type="application/json", **extra)


RULES = {
    "code": "yearly",
    "name": "Yearly",
    "criteria": [{"metric": "growth", "weight": "60", "floor": "-0.2", "target": "0.2"}],
    "grades": [{"name": "A", "least": "80"}, {"name": "B", "least": "0"}],
}


@pytest.mark.django_db
def test_rules_are_written_and_put_in_force(client: Client) -> None:
    """A company that keeps its rules elsewhere would have to type them."""
    client.force_login(DirectorFactory())
    made = call(client, "post", "scorecards-list", body=RULES)
    assert made.status_code == 201
    assert made.json()["criteria"] == [
        {"metric": "growth", "weight": "60.00", "floor": "-0.200000", "target": "0.200000"}
    ]
    forced = call(client, "post", "scorecards-activate", made.json()["id"])
    assert forced.json()["status"] == "active"
    assert call(client, "post", "scorecards-activate", made.json()["id"]).status_code == 409
    wrong = call(client, "post", "scorecards-list", body={**RULES, "grades": [{"name": "A", "least": "80"}]})
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["attr"] == "grades"
    client.force_login(ManagerFactory())
    assert call(client, "post", "scorecards-list", body=RULES).status_code == 403
    assert Scorecard.objects.count() == 1


def test_a_run_is_started_once_whatever_is_sent_twice(world: World, client: Client) -> None:
    """A repeated request would evaluate twice."""
    client.force_login(world.director)
    body = {"scorecard": world.scorecard.code, "starts_on": "2025-01-01", "ends_on": "2025-12-31"}
    first = call(client, "post", "evaluation-runs-list", body=body, Idempotency_Key="one")
    replayed = call(client, "post", "evaluation-runs-list", body=body, Idempotency_Key="one")
    again = call(client, "post", "evaluation-runs-list", body=body)
    assert (first.status_code, replayed.status_code, again.status_code) == (201, 201, 200)
    assert first.json() == replayed.json() == again.json()
    assert first.json()["status"] == "queued"
    assert EvaluationRun.objects.count() == 1
    half = call(client, "post", "evaluation-runs-list", body={**body, "starts_on": "2025-01-02"})
    assert half.status_code == 400
    assert half.json()["errors"][0]["attr"] == "starts_on"
    unknown = call(client, "post", "evaluation-runs-list", body={**body, "scorecard": "nowhere"})
    assert unknown.status_code == 404


def test_an_evaluation_explains_itself(world: World, client: Client) -> None:
    """A distributor's own system would get a number without its parts."""
    acme = world.distributor("ACME")
    world.sold(acme, date(2024, 1, 1), "100")
    world.sold(acme, date(2025, 1, 1), "110")
    world.run()
    client.force_login(OwnerFactory(distributor=acme))
    listed = call(client, "get", "evaluations-list").json()["results"]
    assert [row["distributor"] for row in listed] == ["ACME"]
    assert "steps" not in listed[0]
    found = call(client, "get", "evaluations-detail", listed[0]["id"]).json()
    assert sum(Decimal(step["points"]) for step in found["steps"]) == Decimal(found["score"])
    growth = next(step for step in found["steps"] if step["metric"] == "growth")
    assert growth["value"] == "0.10000000"
    assert growth["inputs"] == {"net": "110.0000", "before": "100.0000", "currency": acme.currency}
    silent = next(step for step in found["steps"] if step["metric"] == "order_regularity")
    assert (silent["value"], silent["score"], silent["points"]) == (None, None, "0.0000")


@pytest.mark.django_db
def test_an_owner_contests_by_api_and_a_stranger_finds_nothing(client: Client) -> None:
    """Another company could object in a distributor's name."""
    evaluation = EvaluationFactory()
    client.force_login(OwnerFactory(distributor=DistributorFactory()))
    assert call(client, "post", "evaluations-contest", evaluation.pk, body={"text": "No."}).status_code == 404
    client.force_login(OwnerFactory(distributor=evaluation.distributor))
    assert call(client, "post", "evaluations-contest", evaluation.pk, body={"text": " "}).status_code == 400
    contested = call(client, "post", "evaluations-contest", evaluation.pk, body={"text": "March was not ours."})
    assert contested.json()["contest"] == "March was not ours."
    assert call(client, "post", "evaluations-contest", evaluation.pk, body={"text": "Again."}).status_code == 409
    client.force_login(DirectorFactory())
    answered = call(client, "post", "evaluations-answer", evaluation.pk, body={"text": "Agreed."})
    assert answered.json()["answer"] == "Agreed."


@pytest.mark.django_db
def test_complaints_are_read_by_those_concerned(client: Client) -> None:
    """A complaint about one distributor would be read by another."""
    complaint, other = ComplaintFactory(amount=Decimal("12.5")), ComplaintFactory()
    client.force_login(OwnerFactory(distributor=complaint.distributor))
    assert [row["code"] for row in call(client, "get", "complaints-list").json()["results"]] == [complaint.code]
    assert call(client, "get", "complaints-detail", complaint.code).json()["amount"] == "12.5000"
    assert call(client, "get", "complaints-detail", other.code).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_for_one_and_for_thirty(world: World, client: Client, count: int) -> None:
    """A list would get slower with every distributor."""
    for number in range(count):
        world.sold(world.distributor(f"N{number}"), date(2025, 1, 1), "100")
    world.run()
    client.force_login(world.director)
    assert Evaluation.objects.count() == count
    with CaptureQueriesContext(connection) as queries:
        assert len(call(client, "get", "evaluations-list").json()["results"]) == count
    assert len(queries) <= 5, [query["sql"][:100] for query in queries]
