"""Every route of the site for every kind of person. A hole here shows one distributor's figures to another."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urljoin

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from core.constraints import project_apps
from core.models import SavedView
from tests.access.asking import SAFE, ask, signed_in
from tests.access.chinese import Checked, readers_of
from tests.access.routes import BY_RULE, all_rows, routes_of_the_site
from tests.access.strangers import Marks
from tests.access.table import ACTORS, ADMINISTRATOR, ROLELESS, Route
from tests.access.world import World
from tests.factories.accounts import DutyFactory
from tests.factories.core import EventFactory

pytestmark = pytest.mark.django_db
PROJECT_APPS = project_apps()
_TAB = re.compile(r'href="([^"]*\?tab=\w+)"')
_FINGERPRINT = "SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM {table} AS t"
# Rows that this transaction wrote, also those of savepoints that were undone: what adds nothing here changed nothing.
_WRITTEN = """
SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
           + pg_stat_get_xact_tuples_deleted(oid))::bigint
FROM unnest(%s::regclass[]::oid[]) AS oid
"""


@pytest.fixture(scope="module", autouse=True)
def addresses() -> Iterator[None]:
    """Once for the module: the mark `urls` would have every test read the patterns of all addresses anew, in two languages."""
    with override_settings(ROOT_URLCONF="tests.access.urls"):
        yield


def test_every_route_has_its_row() -> None:
    """Add the missing rows to tests/access/<app>_routes.py."""
    rows = {(row.name, row.method) for row in all_rows()}
    there = routes_of_the_site()
    assert sorted(there - rows) == []
    beside = [row for row in sorted(rows - there) if not row[0].startswith(BY_RULE)]
    assert beside == [], "rows of routes that are not there"


@pytest.mark.matrix
@pytest.mark.parametrize("row", [row for row in all_rows() if row.method in SAFE], ids=str)
def test_everybody_reads_what_the_table_says(
    row: Route, world: World, sessions: dict[str, str], marks: Marks, checked: Checked
) -> None:
    """Who may not gets nothing, nobody reads of strangers, and it is all in Chinese, tabs included."""
    wrong: dict[str, Any] = {}
    readers = () if row.is_api else readers_of(row)
    for actor in sorted(ACTORS):
        with transaction.atomic():
            client = signed_in(actor, sessions)
            response = ask(client, row, world, refusal_in_full=actor in readers)
            found = [unexpected(row, actor, response), *marks.shown_to(actor, row, response)]
            if actor in readers and "html" in response.headers.get("Content-Type", ""):
                found += checked.faults(response.content.decode(), parse_qs(row.query.lstrip("?")).get("q", []))
                found += faults_of_tabs(client, response, checked)
            transaction.set_rollback(True)
        if any(found):
            wrong[actor] = [fault for fault in found if fault]
    assert wrong == {}


@pytest.mark.matrix
@pytest.mark.parametrize("row", [row for row in all_rows() if row.method not in SAFE], ids=str)
def test_everybody_writes_what_the_table_says(row: Route, world: World, sessions: dict[str, str]) -> None:
    wrong = {}
    for actor in sorted(ACTORS):
        outcome = ask_and_undo(row, actor, world, sessions)
        if outcome:
            wrong[actor] = outcome
    assert wrong == {}


def faults_of_tabs(client: Client, page: Any, checked: Checked) -> list[str]:
    tabs = sorted(set(_TAB.findall(page.content.decode())))
    address = page.request["PATH_INFO"]
    return [fault for tab in tabs for fault in checked.faults(client.get(urljoin(address, tab)).content.decode())]


@pytest.mark.matrix
def test_the_admin_is_for_administrators_only(sessions: dict[str, str]) -> None:
    lists = [
        f"admin:{options.app_label}_{options.model_name}_changelist"
        for options in (model._meta for model in site._registry)
        if options.app_label in PROJECT_APPS
    ]
    assert lists
    for actor in sorted(ACTORS):
        client = signed_in(actor, sessions)
        answers = {name: client.get(reverse(name)).status_code for name in lists}
        refused = {name: status for name, status in answers.items() if status != 200}
        assert refused == ({} if actor == ADMINISTRATOR else answers), actor


def ask_and_undo(row: Route, actor: str, world: World, sessions: dict[str, str]) -> str:
    """What was wrong with the answer, empty when all was well. Whatever the request did is undone."""
    refused = actor not in row.allowed
    with transaction.atomic():
        before = rows_written()
        # One draws the page around it as well: that changes nothing either.
        response = ask(signed_in(actor, sessions), row, world, refusal_in_full=actor == ROLELESS)
        wrote = rows_written() != before
        transaction.set_rollback(True)
    if wrong := unexpected(row, actor, response):
        return wrong
    return "a refusal changed the database" if refused and wrote and changes(row, actor, world, sessions) else ""


def unexpected(row: Route, actor: str, response: Any) -> str:
    """What is wrong with the status of an answer or with where it sends people, empty when all is well."""
    expected = row.expected(actor)
    if response.status_code not in expected:
        return f"expected {expected}, got {response.status_code}: {response.content[:300]!r}"
    if response.status_code == 302 and actor not in row.allowed and "login" not in response.headers["Location"]:
        return f"sent to {response.headers['Location']} instead of the sign-in page"
    return ""


def changes(row: Route, actor: str, world: World, sessions: dict[str, str]) -> bool:
    """Whether the request leaves any row of ours different: what was written may have been undone by the request."""
    with transaction.atomic():
        before = fingerprint()
        ask(signed_in(actor, sessions), row, world)
        changed = fingerprint() != before
        transaction.set_rollback(True)
    return changed


@cache
def own_tables() -> Sequence[str]:
    return [model._meta.db_table for app in PROJECT_APPS for model in apps.get_app_config(app).get_models()]


def rows_written() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [list(own_tables())])
        (written,) = cursor.fetchone()
    return int(written)


def fingerprint() -> str:
    """One hash over all rows of our own tables."""
    statement = " UNION ALL ".join(_FINGERPRINT.format(table=table) for table in own_tables())
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return repr(sorted(cursor.fetchall()))


def test_what_a_request_writes_is_seen(world: World) -> None:
    """Were the counters blind, a refusal that changes something would pass."""
    for write in (
        DutyFactory.create,
        EventFactory.create,
        world.mine.save,
        SavedView.objects.filter(pk=world.things.view.pk).delete,
    ):
        before = rows_written()
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        assert rows_written() > before
