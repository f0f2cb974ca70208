"""Requests that no program of ours would send: each is answered in the one shape of errors."""

from typing import Any, Self

import pytest
from django.core.cache import cache
from django.db import OperationalError, connections
from django.test import Client, override_settings
from django.urls import get_resolver

from core.filters import LONGEST_SEARCH, MOST_WORDS
from tests.access.routes import whole_world
from tests.access.world import World
from tests.factories.accounts import AdministratorFactory, ApiTokenFactory, BuyerFactory, DistributorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Client:
    token = ApiTokenFactory.create(user=AdministratorFactory.create(), scope="all")
    return Client(raise_request_exception=False, headers={"Authorization": f"Token {token.secret}"})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/distributors/", b'{"channel_kind": "\\ud800"}'),
        ("/api/v1/users/", b'{"role": "\\udfff", "language": "\\ud800"}'),
        ("/api/v1/tokens/", b'{"scope": "a\\ud800"}'),
        ("/api/v1/tokens/", b'{"scope": "read", "name": "\\u0000"}'),
        ("/api/v1/tokens/", b'{"\\ud800": 1}'),
        ("/api/v1/orders/", b'{"lines": [{"product": ["\\ud800"]}]}'),
    ],
)
def test_signs_that_cannot_be_written_are_refused(api: Client, path: str, body: bytes) -> None:
    """The echo of what was wrong could not be encoded: a 500 and a page of HTML for an ERP."""
    reply = api.post(path, body, content_type="application/json")
    assert (reply.status_code, reply.json()["type"]) == (400, "validation_error")


def test_an_unknown_address_is_answered_in_the_shape_of_errors(api: Client) -> None:
    """A program that reads JSON cannot read a page of HTML."""
    for path in ("/api/v1/no-such/", "/api/v2/orders/", "/api/"):
        reply = api.get(path)
        assert (reply.status_code, reply.json()["errors"][0]["code"]) == (404, "not_found"), path
    assert b"<html" in api.get("/no-such/").content


def test_what_a_person_saw_is_kept_nowhere(client: Client) -> None:
    """After sign-out the back button, or a shared proxy, showed prices and orders."""
    client.force_login(AdministratorFactory.create(), backend="sign_in.backends.PasswordBackend")
    for path in ("/", "/people/", "/people/?export=csv", "/api/v1/me/", "/api/v1/users/", "/no-such/"):
        assert "no-store" in client.get(path).headers["Cache-Control"], path


@pytest.mark.parametrize("path", ["/api/v1/users/", "/people/"])
def test_while_the_database_restarts_one_tries_again(client: Client, path: str) -> None:
    """A 500 says that the program is broken: an ERP gives up, and people call."""
    client.raise_request_exception = False
    client.force_login(AdministratorFactory.create(), backend="sign_in.backends.PasswordBackend")

    def gone(*_arguments: Any) -> Any:
        raise OperationalError("terminating connection due to administrator command")

    with connections["default"].execute_wrapper(gone):
        cache.clear()  # the session would come from there
        reply = client.get(path)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")
    if path.startswith("/api/"):
        assert reply.json()["errors"][0]["code"] == "unavailable"


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/api/v1/sales/?month=2026-13", "month"),
        ("/api/v1/sales/?unknown=1", "unknown"),
        ("/api/v1/sales/?q=x", "q"),
        ("/api/v1/evaluation-runs/?q=x", "q"),
        ("/api/v1/sales/?month_after=2026-13-01", "month"),
        ("/api/v1/users/?is_active=zzzz", "is_active"),
        ("/api/v1/users/?order=email", "order"),
        ("/api/v1/tiers/?nothing=", "nothing"),
        ("/api/v1/orders/?stauts=draft", "stauts"),
    ],
)
def test_a_parameter_without_sense_is_refused_and_named(api: Client, path: str, named: str) -> None:
    """A mistyped filter answered with every row, and an ERP booked them."""
    reply = api.get(path)
    assert reply.status_code == 400, reply.content
    assert named in {error["attr"].partition(".")[0] for error in reply.json()["errors"]}


def test_shipments_of_an_order_are_found(api: Client) -> None:
    """The filter had the name of the sort parameter, and was always refused."""
    assert api.get("/api/v1/shipments/?order=SO-NONE").json()["results"] == []


def lists_with_filters() -> list[tuple[str, Any]]:
    found = []
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", ()):
            view = getattr(inner.callback, "cls", None)
            actions = getattr(inner.callback, "actions", None) or {}
            if actions.get("get") == "list" and getattr(view, "filterset_class", None):
                found.append((f"/api/v1/{inner.pattern}".replace("^", "").replace("$", ""), view.filterset_class))
    return sorted({path: row for path, row in found if "(" not in path and "<" not in path}.items())


def test_every_declared_filter_filters(api: Client) -> None:
    """One that does nothing is worse than none: who trusts it books the wrong rows."""
    world: World = whole_world()
    assert world
    lists = lists_with_filters()
    assert len(lists) > 10
    for path, filterset in lists:
        for name in sorted(filterset(data={}, queryset=None).parameters()):
            reply = api.get(path, {name: "zz-no-such-thing"})
            if reply.status_code == 400:
                attributes = {error["attr"].partition(".")[0] for error in reply.json()["errors"]}
                assert any(name.startswith(one) for one in attributes), (path, name, reply.json())
            else:
                assert (reply.status_code, reply.json()["results"]) == (200, []), (path, name)


def test_a_search_is_bounded(api: Client) -> None:
    """Two requests with two thousand words held both workers of a site for ten seconds."""
    DistributorFactory.create(name="Alpha")
    words = " ".join(["alpha"] * 2000)
    for path in ("/api/v1/products/", "/api/v1/users/", "/api/v1/prices/", "/api/v1/distributors/"):
        with CountedComparisons() as seen:
            assert api.get(path, {"q": words}).status_code == 200
        assert seen.most <= MOST_WORDS * 8, path
    assert LONGEST_SEARCH == 100


class CountedComparisons:
    """The most LIKE in one statement."""

    most = 0

    def __enter__(self) -> Self:
        self._wrapper = connections["default"].execute_wrapper(self._count)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._wrapper.__exit__(*error)

    def _count(self, execute: Any, sql: str, *more: Any) -> Any:
        self.most = max(self.most, sql.upper().count(" LIKE "))
        return execute(sql, *more)


def test_a_branch_is_looked_up_among_what_is_seen() -> None:
    """Asking for the branch of every code told a distributor which of them are its ancestors."""
    top = DistributorFactory.create()
    child = DistributorFactory.create(parent=top)
    buyer = BuyerFactory.create(distributor=child)
    token = ApiTokenFactory.create(user=buyer, scope="read")
    reader = Client(headers={"Authorization": f"Token {token.secret}"})
    assert reader.get("/api/v1/distributors/", {"below": top.code}).json()["results"] == []
    assert len(reader.get("/api/v1/distributors/", {"below": child.code}).json()["results"]) == 1


@override_settings(LANGUAGE_CODE="en")
def test_an_empty_list_is_exported_with_its_head(client: Client) -> None:
    """A file without heads is a fault to whoever loads it."""
    client.force_login(AdministratorFactory.create(), backend="sign_in.backends.PasswordBackend")
    reply: Any = client.get("/distributors/?q=nobody-of-this-name&export=csv")
    lines = b"".join(reply.streaming_content).decode("utf-8-sig").splitlines()
    assert (len(lines), "Code" in lines[0] or "code" in lines[0]) == (1, True)


@pytest.mark.parametrize("typed", ["ＬＣ００３", "lc003", "LC\u200b003", "（上海）"])
def test_a_search_finds_what_was_meant_in_any_width(api: Client, typed: str) -> None:
    """A Chinese keyboard types codes in full width; a name may stand in it: neither was found."""
    DistributorFactory.create(code="LC003", name="Lang Cha", name_zh="朗茶（上海）")
    DistributorFactory.create(code="OTHER", name="Other")
    AdministratorFactory.create(full_name="LC003", full_name_zh="王（上海）")
    for path, field in (("/api/v1/distributors/", "code"), ("/api/v1/users/", "full_name")):
        found = [row[field] for row in api.get(path, {"q": typed}).json()["results"]]
        assert found == ["LC003"], path
