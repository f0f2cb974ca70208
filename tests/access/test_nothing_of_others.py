"""What people are shown holds nothing of companies that they have nothing to do with, whatever the page answers with."""

import re
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
from orders.models import Order, Shipment
from tests.access.asking import SAFE, ask, signed_in
from tests.access.routes import all_rows
from tests.access.table import ADMINISTRATOR, IDLE, INACTIVE, MANAGER, OURS, OUTSIDERS, OWNER, ROLELESS, STRANGER, Route
from tests.access.world import World

pytestmark = pytest.mark.django_db

_NO_ARGS = Route(name="", allowed=()).args
# Whoever holds the link of an invitation reads who invites, and to which company.
BY_LINK = {"accounts:join", "onboarding:apply-form"}
READS = [row for row in all_rows() if row.method in SAFE and row.name not in BY_LINK]
# The brand owner's own books: whoever answers for a distributor of it reads them whole (see the querysets).
BOOKS = {"api:stock-moves-list", "inventory:moves", "api:price-lists-list", "pricing:price-lists"}


def with_searches_and_exports() -> Iterator[Route]:
    """Every read as it is; lists as files, too; and what is typed to find one company or the other."""
    yield from READS
    for row in READS:
        if not row.is_api and not row.query and row.args is _NO_ARGS:
            yield replace(row, query="?export=csv")
    for text in ("MINE", "OTHER", "SO", "SH", "Distributor", "person"):
        yield Route(name="core:search", allowed=(), query=f"?q={text}")
    for text in ("MINE", "OTHER"):
        yield Route(name="core:suggest", allowed=(), args=_distributors, query=f"?distributor={text}")


def _distributors(_world: World) -> dict[str, str]:
    return {"kind": "distributor"}


def marks(world: World, *, of_mine: bool) -> set[str]:
    """Codes, names, numbers and addresses by which a company is known."""
    companies = [world.mine, world.child] if of_mine else [world.other]
    numbers = [
        *(order.reference for order in Order.objects.filter(distributor__in=companies)),
        *Shipment.objects.filter(order__distributor__in=companies).values_list("number", flat=True),
    ]
    named = [text for company in companies for text in (company.code, company.name, company.name_zh)]
    people = [world.people[actor].email for actor in (OURS if of_mine else {STRANGER})]
    return {*named, *numbers, *people}


def found_in(response: Any, known: set[str]) -> list[str]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    words = set(re.findall(r"[\w@.-]+", body.decode(errors="replace")))
    text = " ".join(body.decode(errors="replace").split())
    return sorted(
        mark for mark in known if mark in words or (" " in mark and re.search(rf"{re.escape(mark)}(?!\w)", text))
    )


@pytest.mark.matrix
@pytest.mark.parametrize("row", list(with_searches_and_exports()), ids=lambda row: f"{row.name}{row.query}")
def test_nobody_reads_of_strangers(row: Route, world: World, sessions: dict[str, str]) -> None:
    """A list, a search or an export that forgets the scope answers 200 like any other, and shows a rival's orders."""
    shown = {}
    for actor in sorted(OUTSIDERS | OURS | {MANAGER}):
        with transaction.atomic():
            response = ask(signed_in(actor, sessions), row, world)
            others = marks(world, of_mine=actor in OUTSIDERS)
            if actor == IDLE:  # answers for nobody at all
                others = set() if row.name in BOOKS else others | marks(world, of_mine=False)
            others -= {row.query.partition("=")[2]}  # what was typed is shown again
            found = found_in(response, others) if response.status_code == 200 else []
            transaction.set_rollback(True)
        if found:
            shown[actor] = found
    assert shown == {}


@pytest.mark.parametrize(
    ("name", "query"),
    [("orders:list", ""), ("orders:list", "?export=csv"), ("api:orders-list", ""), ("core:search", "?q=SO")],
)
def test_these_eyes_can_see(name: str, query: str, world: World, sessions: dict[str, str]) -> None:
    """Were nothing found where it is, the test above would hold for any site."""
    row = Route(name=name, allowed=(), query=query)
    found = found_in(ask(signed_in(OWNER, sessions), row, world), marks(world, of_mine=True))
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
