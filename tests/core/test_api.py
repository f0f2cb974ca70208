"""What every part of the API stands on. Where this breaks, an ERP gets a wrong answer or too much."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.enums import TokenScope
from accounts.models import ApiToken, Tier
from core.api import permissions
from core.api.viewsets import ScopedReadOnlyViewSet
from core.models import Event, StoredReply
from tests.factories.accounts import ApiTokenFactory, RolelessFactory, TierFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.api_views")]
TWO = [("few", "lines.0.quantity"), ("invalid", None)]


def holder(**fields: Any) -> APIClient:
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Token {ApiTokenFactory.create(**fields).secret}")
    return client


def errors(response: Any) -> list[tuple[str, str | None]]:
    return [(error["code"], error["attr"]) for error in response.json()["errors"]]


def test_a_token_costs_one_query_and_no_write() -> None:
    TierFactory.create(code="gold")
    client = holder()
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/tiers/gold/").status_code == 200
    token, row = (query["sql"] for query in queries)
    assert token.startswith("EXECUTE")
    assert row.startswith("SELECT")


@pytest.mark.parametrize("text", ["nonsense", "trib_" + "0" * 64, "文字", "trib_", "a b"])
def test_a_wrong_token_is_refused(text: str) -> None:
    client = APIClient()
    response = client.get("/tiers/", HTTP_AUTHORIZATION=f"Token {text}".encode().decode("latin-1"))
    assert response.status_code == 401
    assert response.json()["type"] == "client_error"


def test_an_expired_token_and_an_inactive_person_are_refused_and_nothing_is_deleted() -> None:
    expired = ApiTokenFactory.create()
    ApiToken.objects.filter(pk=expired.pk).update(expiry=timezone.now() - timedelta(seconds=1))
    gone = ApiTokenFactory.create(user=UserFactory.create(is_active=False))
    for token in (expired, gone):
        response = APIClient().get("/tiers/", HTTP_AUTHORIZATION=f"Token {token.secret}")
        assert response.status_code == 401
    assert ApiToken.objects.count() == 2


@pytest.mark.parametrize(
    ("scope", "create", "refuse"),
    [(TokenScope.READ, 403, 403), (TokenScope.ORDER, 201, 403), (TokenScope.ALL, 201, 204)],
)
def test_a_token_does_no_more_than_its_scope(scope: str, create: int, refuse: int) -> None:
    """A key that was given out for reading must not place orders."""
    TierFactory.create(code="gold")
    client = holder(scope=scope)
    assert client.get("/tiers/").status_code == 200
    assert client.post("/tiers/", {"code": "new", "rank": 30_000}).status_code == create
    assert client.post("/tiers/gold/").status_code == refuse
    assert Tier.objects.filter(code="new").exists() is (create == 201)


def test_the_scopes_of_the_ground_are_those_of_the_tokens() -> None:
    assert {permissions.READ, permissions.ORDER, permissions.ALL} == set(TokenScope.values)


def test_a_person_without_a_role_sees_nothing() -> None:
    TierFactory.create(code="gold")
    client = holder(user=RolelessFactory.create())
    assert client.get("/tiers/").json() == {"next": None, "previous": None, "results": []}
    assert client.get("/tiers/gold/").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind", "expected"),
    [
        ("get", "/tiers/missing/", None, 404, "client_error", [("not_found", None)]),
        ("get", "/tiers/%00/", None, 404, "client_error", [("not_found", None)]),
        ("get", "/tiers/?limit=x", None, 400, "validation_error", [("invalid_limit", "limit")]),
        ("get", "/tiers/?order=secret", None, 400, "validation_error", [("invalid_order", "order")]),
        ("get", "/tiers/?cursor=x", None, 400, "validation_error", [("invalid_cursor", "cursor")]),
        ("post", "/tiers/", {"rank": -1}, 400, "validation_error", [("required", "code"), ("min_value", "rank")]),
        ("post", "/tiers/", {"code": "gold", "rank": 9}, 409, "client_error", [("tier_code_once", "code")]),
        ("post", "/tiers/two-problems/", None, 400, "validation_error", TWO),
        ("post", "/tiers/bug/", None, 500, "server_error", [("error", None)]),
        ("delete", "/tiers/", None, 405, "client_error", [("method_not_allowed", None)]),
    ],
)
def test_every_refusal_has_the_one_shape(
    method: str, path: str, body: Any, status: int, kind: str, expected: list[tuple[str, str | None]]
) -> None:
    TierFactory.create(code="gold", rank=1)
    response = getattr(holder(), method)(path, body)
    assert (response.status_code, response.json()["type"]) == (status, kind)
    assert errors(response) == expected


@pytest.mark.parametrize("depth", [900, 2000, 100_000])
def test_a_body_without_a_bottom_is_400(depth: int) -> None:
    """Whoever sends one by mistake would get an error that says nothing, and wake somebody up here."""
    body = '{"code": ' + "[" * depth + "]" * depth + "}"
    assert holder().post("/tiers/", body, content_type="application/json").status_code == 400


def test_a_broken_body_is_400() -> None:
    response = holder().post("/tiers/", "{", content_type="application/json")
    assert (response.status_code, errors(response)) == (400, [("parse_error", None)])


def test_the_same_key_does_the_work_once_and_answers_the_same() -> None:
    """A cash desk that loses the connection sends again; the second order must not exist."""
    client = holder()
    first = client.post("/tiers/", {"code": "new", "rank": 1}, headers={"Idempotency-Key": "k1"})
    again = client.post("/tiers/", {"code": "new", "rank": 1}, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert Tier.objects.count() == 1
    other = client.post("/tiers/", {"code": "other", "rank": 2}, headers={"Idempotency-Key": "k1"})
    assert (other.status_code, errors(other)) == (422, [("idempotency_key_reused", None)])


def test_a_key_belongs_to_its_person() -> None:
    for number in (1, 2):
        body = {"code": f"new{number}", "rank": number}
        assert holder().post("/tiers/", body, headers={"Idempotency-Key": "k1"}).status_code == 201


def test_an_error_undoes_everything_and_leaves_the_key_free() -> None:
    client = holder()
    failed = client.post("/tiers/?fail=1", {"code": "new", "rank": 1}, headers={"Idempotency-Key": "k1"})
    assert failed.status_code == 409
    assert not Tier.objects.exists()
    assert not StoredReply.objects.exists()
    assert not Event.objects.exists()
    retried = client.post("/tiers/", {"code": "new", "rank": 1}, headers={"Idempotency-Key": "k1"})
    assert retried.status_code == 201


def test_a_key_that_is_no_key_is_refused() -> None:
    response = holder().post("/tiers/", {"code": "new", "rank": 1}, headers={"Idempotency-Key": "x" * 256})
    assert errors(response) == [("invalid_idempotency_key", "Idempotency-Key")]


@pytest.mark.parametrize(
    ("header", "status"), [(None, 204), ("*", 204), ('"3"', 204), ('W/"3"', 204), ('"2"', 412), ("x", 400)]
)
def test_if_match_guards_against_overwriting(header: str | None, status: int) -> None:
    TierFactory.create(code="gold")
    response = holder().post("/tiers/gold/", headers={"If-Match": header} if header else None)
    assert response.status_code == status


def test_pages_follow_their_links() -> None:
    for rank in range(5):
        TierFactory.create(code=f"t{rank}", rank=rank)
    client = holder()
    first = client.get("/tiers/?limit=2&order=-rank").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [row["rank"] for page in (first, second, third) for row in page["results"]] == [4, 3, 2, 1, 0]
    assert (first["previous"], third["next"]) == (None, None)
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_a_view_cannot_be_made_unscoped() -> None:
    with pytest.raises(TypeError, match="visible_to"):
        type("Open", (ScopedReadOnlyViewSet,), {"queryset": Event.objects.all()})
    with pytest.raises(TypeError, match="visible_to"):
        type("Nothing", (ScopedReadOnlyViewSet,), {})
    with pytest.raises(TypeError, match="get_queryset"):
        type("Around", (ScopedReadOnlyViewSet,), {"queryset": Tier.objects.all(), "get_queryset": list})
