"""People, distributors and duties over the API: an ERP reads and writes what its person may, and nothing else."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.enums import Role, TokenScope
from accounts.models import ApiToken, Distributor, Responsibility, User
from tests.factories.accounts import (
    ApiTokenFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
    TierFactory,
)

pytestmark = pytest.mark.django_db
API = "/api/v1"


def holder(person: User, scope: str = TokenScope.ALL) -> APIClient:
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Token {ApiTokenFactory.create(user=person, scope=scope).secret}")
    return client


def codes(response: Any) -> list[str]:
    return [row["code"] for row in response.json()["results"]]


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("path", ["distributors", "responsibilities", "users", "territories", "tokens"])
def test_a_list_costs_the_same_at_every_size(path: str, size: int) -> None:
    director = DirectorFactory.create()
    for _ in range(size):
        top = DistributorFactory.create(territory=TerritoryFactory.create(parent=TerritoryFactory.create()))
        ResponsibilityFactory.create(
            distributor=DistributorFactory.create(parent=top), stand_in=ManagerFactory.create()
        )
        OwnerFactory.create(distributor=top, supervisor=director)
        ApiTokenFactory.create(user=director)
    client = holder(director)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{API}/{path}/")
    assert response.status_code == 200
    assert len(response.json()["results"]) >= size
    more = path == "users"  # their memberships
    assert len(queries) == 2 + more, "the token with its person, and the rows"


def test_distributors_are_found_by_every_filter() -> None:
    east = TerritoryFactory.create(code="EAST")
    gold = TierFactory.create(code="GOLD")
    top = DistributorFactory.create(
        code="A1", territory=TerritoryFactory.create(parent=east), status="active", tier=gold
    )
    DistributorFactory.create(code="A2", parent=top, status="suspended", channel_kind="retail", pinyin="bjhl")
    DistributorFactory.create(code="B1", status="terminated", city="Rome")
    client = holder(DirectorFactory.create())
    for query, expected in (
        ("territory=EAST", ["A1"]),
        ("tier=GOLD", ["A1"]),
        ("below=A1", ["A1", "A2"]),
        ("below=none", []),
        ("status=active&status=suspended", ["A1", "A2"]),
        ("channel_kind=retail", ["A2"]),
        ("q=bjh", ["A2"]),
        ("q=rome", ["B1"]),
        ("q=A", ["A1", "A2"]),
    ):
        found = client.get(f"{API}/distributors/?{query}")
        assert [code for code in codes(found) if code[0] in "AB"] == expected, query
    for query in ("territory=NOWHERE", "status=gone", "tier=%00"):
        assert client.get(f"{API}/distributors/?{query}").status_code == 400, query


def test_a_distributor_is_made_read_and_changed() -> None:
    client = holder(DirectorFactory.create())
    top = DistributorFactory.create(code="TOP")
    wish = {
        "code": "N1",
        "name": "New",
        "name_zh": "新华",
        "channel_kind": "retail",
        "currency": "CNY",
        "parent": "TOP",
    }
    made = client.post(f"{API}/distributors/", wish, headers={"Idempotency-Key": "one"})
    again = client.post(f"{API}/distributors/", wish, headers={"Idempotency-Key": "one"})
    assert (made.status_code, again.headers["Idempotent-Replay"]) == (201, "true")
    assert made.json() == again.json() == client.get(f"{API}/distributors/N1/").json()
    assert (made.json()["parent"], made.json()["status"], made.json()["tier"]) == ("TOP", "active", None)
    changed = client.patch(f"{API}/distributors/N1/", {"parent": None, "city": "Rome"})
    assert (changed.status_code, changed.json()["parent"], changed.json()["city"]) == (200, None, "Rome")
    client.patch(f"{API}/distributors/N1/", {"parent": "TOP"})
    circle = client.patch(f"{API}/distributors/TOP/", {"parent": "N1"})
    assert (circle.status_code, circle.json()["errors"][0]["code"]) == (400, "circle")
    for wrong in ({"currency": "RMB"}, {"country": "UK"}):
        refused = client.post(f"{API}/distributors/", wish | {"code": "N2"} | wrong)
        assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, *wrong)
    taken = client.post(f"{API}/distributors/", wish)
    assert (taken.status_code, taken.json()["errors"][0]["attr"]) == (409, "code")
    assert Distributor.objects.get(pk=top.pk).parent is None


def test_who_was_slower_is_told_so() -> None:
    """Two people change one distributor, or one duty: the second would undo what the first did, and never know."""
    client = holder(DirectorFactory.create())
    responsibility = ResponsibilityFactory.create(starts_on=date(2026, 1, 1))
    shop = f"{API}/distributors/{responsibility.distributor.code}/"
    duty = f"{API}/responsibilities/{responsibility.pk}/"

    seen = client.get(shop).headers["ETag"]
    first = client.patch(shop, {"city": "Rome"}, headers={"If-Match": seen})
    assert (first.status_code, client.get(shop).headers["ETag"]) == (200, first.headers["ETag"])
    late = client.patch(shop, {"city": "Oslo"}, headers={"If-Match": seen})
    assert (late.status_code, late.json()["errors"][0]["code"]) == (412, "stale_version")
    assert client.get(shop, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304

    seen = client.get(duty).headers["ETag"]
    Responsibility.objects.filter(pk=responsibility.pk).update(note="Changed by an import")
    late = client.post(f"{duty}end/", {"ends_on": "2026-04-30"}, headers={"If-Match": seen})
    assert late.status_code == 412
    seen = client.get(duty).headers["ETag"]
    assert client.post(f"{duty}end/", {"ends_on": "2026-04-30"}, headers={"If-Match": seen}).status_code == 200


def test_a_stranger_cannot_even_name_another_distributor() -> None:
    owner, other = OwnerFactory.create(), DistributorFactory.create(code="OTHER")
    client = holder(owner)
    assert codes(client.get(f"{API}/distributors/")) == [owner.distributor.code]
    assert client.get(f"{API}/distributors/OTHER/").status_code == 404
    body = {"email": "x@example.test", "full_name": "X", "role": Role.BUYER, "distributor": other.code}
    refused = client.post(f"{API}/users/", body)
    assert (refused.status_code, refused.json()["errors"][0]["attr"]) == (400, "distributor")
    assert not User.objects.filter(email="x@example.test").exists()


def test_duties_are_assigned_ended_and_handed_over() -> None:
    client, duty = holder(DirectorFactory.create()), DutyFactory.create(code="sales")
    anna, ben = ManagerFactory.create(email="anna@example.test"), ManagerFactory.create(email="ben@example.test")
    shop = DistributorFactory.create(code="SHOP")
    wish = {"distributor": "SHOP", "duty": "sales", "person": anna.email, "starts_on": "2026-01-01"}
    made = client.post(f"{API}/responsibilities/", wish)
    assert (made.status_code, made.json()["person_email"]) == (201, anna.email)
    twice = client.post(f"{API}/responsibilities/", wish)
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "duty_taken")
    move = {
        "from_person": anna.email,
        "to_person": ben.email,
        "on": "2026-03-01",
        "selection": [{"distributor": "SHOP", "duty": "sales"}],
    }
    moved = client.post(f"{API}/responsibilities/hand-over/", move)
    assert [(row["person_email"], row["starts_on"]) for row in moved.json()] == [(ben.email, "2026-03-01")]
    ended = client.post(f"{API}/responsibilities/{moved.json()[0]['id']}/end/", {"ends_on": "2026-04-30"})
    assert ended.json()["ends_on"] == "2026-04-30"
    rows = client.get(f"{API}/responsibilities/?distributor=SHOP&on=2026-02-01").json()["results"]
    assert [row["person_email"] for row in rows] == [anna.email]
    bad = client.post(f"{API}/responsibilities/hand-over/", {**move, "selection": [{"distributor": "SHOP"}]})
    assert (bad.status_code, bad.json()["errors"][0]["attr"]) == (400, "selection.0.duty")
    assert Responsibility.objects.filter(distributor=shop, duty=duty).count() == 2


def test_a_key_is_made_shown_once_and_revoked() -> None:
    person = OwnerFactory.create()
    client = holder(person)
    made = client.post(f"{API}/tokens/", {"name": "ERP", "scope": "read"}).json()
    fresh = APIClient()
    fresh.credentials(HTTP_AUTHORIZATION=f"Token {made['token']}")
    assert fresh.get(f"{API}/me/").json()["email"] == person.email
    assert fresh.post(f"{API}/tokens/", {"name": "more", "scope": "all"}).status_code == 403
    assert "token" not in client.get(f"{API}/tokens/").json()["results"][0]
    assert client.delete(f"{API}/tokens/{made['reference']}/").status_code == 204
    assert fresh.get(f"{API}/me/").status_code == 401
    assert ApiToken.objects.count() == 1
