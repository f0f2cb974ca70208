"""What people are shown holds nothing of companies that they have nothing to do with, whatever the page answers with."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.enums import Role
from accounts.models import Membership, User
from core.permissions import declared_permissions
from tests.access.asking import SAFE, ask, signed_in
from tests.access.routes import all_rows
from tests.access.strangers import BY_LINK, READERS, Marks, found_in
from tests.access.table import ADMINISTRATOR, INACTIVE, OWNER, ROLELESS, Route
from tests.access.world import World

pytestmark = pytest.mark.django_db

_NO_ARGS = Route(name="", allowed=()).args
READS = [row for row in all_rows() if row.method in SAFE and row.name not in BY_LINK]


def searches_and_exports() -> Iterator[Route]:
    """Lists as files, and what is typed to find one company or the other. Pages themselves: see test_routes."""
    for row in READS:
        if not row.is_api and not row.query and row.args is _NO_ARGS:
            yield replace(row, query="?export=csv")
    for text in ("MINE", "OTHER", "SO", "SH", "Distributor", "person"):
        yield Route(name="core:search", allowed=(), query=f"?q={text}")
    for text in ("MINE", "OTHER"):
        yield Route(name="core:suggest", allowed=(), args=_distributors, query=f"?distributor={text}")


def _distributors(_world: World) -> dict[str, str]:
    return {"kind": "distributor"}


@pytest.mark.matrix
@pytest.mark.parametrize("row", list(searches_and_exports()), ids=lambda row: f"{row.name}{row.query}")
def test_no_search_or_file_is_of_strangers(row: Route, world: World, sessions: dict[str, str], marks: Marks) -> None:
    """A search or an export that forgets the scope answers 200 like any other, and shows a rival's orders."""
    shown = {}
    for actor in sorted(READERS):
        with transaction.atomic():
            found = marks.shown_to(actor, row, ask(signed_in(actor, sessions), row, world))
            transaction.set_rollback(True)
        if found:
            shown[actor] = found
    assert shown == {}


@pytest.mark.parametrize(
    ("name", "query"),
    [("orders:list", ""), ("orders:list", "?export=csv"), ("api:orders-list", ""), ("core:search", "?q=SO")],
)
def test_these_eyes_can_see(name: str, query: str, world: World, sessions: dict[str, str], marks: Marks) -> None:
    """Were nothing found where it is, the test above would hold for any site."""
    row = Route(name=name, allowed=(), query=query)
    found = found_in(ask(signed_in(OWNER, sessions), row, world), marks.mine)
    assert any(mark.startswith("SO") for mark in found)


def models_with_rows_for(person: Any) -> list[str]:
    scoped = [model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")]
    assert len(scoped) > 20
    return [model._meta.label for model in scoped if model.objects.visible_to(person).exists()]


def test_the_scope_is_closed_to_whoever_may_not_come_in(world: World) -> None:
    """Somebody dismissed this morning, with a session or a token of yesterday, would still read everything."""
    assert len(models_with_rows_for(world.people[ADMINISTRATOR])) > 20
    assert models_with_rows_for(world.people[INACTIVE]) == []
    assert models_with_rows_for(AnonymousUser()) == []


def test_the_people_of_the_tables_have_what_is_declared_for_their_role(world: World) -> None:
    """The tables of this folder and the declarations would speak of different people."""
    for permission in declared_permissions().values():
        if permission.app != "core":
            having = {role for role in Role.values if permission.granted_to(world.people[role])}
            assert having == permission.roles, permission.codename


def test_a_role_that_nobody_named_sees_nobody_but_itself(world: World) -> None:
    """A role invented tomorrow would see the whole channel until somebody thinks of it."""
    auditor = world.people[ROLELESS]
    auditor.bind_membership(Membership(person=auditor, role="auditor"))
    assert models_with_rows_for(auditor) == ["accounts.User"]
    assert list(User.objects.visible_to(auditor)) == [auditor]
    auditor.refresh_from_db()
