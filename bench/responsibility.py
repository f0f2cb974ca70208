"""Responsibilities at 10,000 distributors, 10 duties and five years: the radar's first page, and the proof of no gap.

In process, through the middleware, the scope and the rendering. Of the radar both are measured: as it is after each change
of the channel, and as it is while nothing changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Distributor, Duty, Responsibility, User
from bench.database import kept_database
from bench.results import Result, alternate
from demo.bulk import without_triggers
from responsibility.selectors.coverage import CHUNK, coverage_spans

NAME = "tributary_bench_responsibility"
DISTRIBUTORS, DUTIES, MANAGERS, YEARS = 10_000, 10, 200, 5
STRETCHES = 3
"""Of each duty of each distributor in the five years, one after another; of 1 in 200 the last one has ended."""

AIM_MS = 150.0
ROUNDS, QUICK_ROUNDS = 7, 2

_PEOPLE = """
INSERT INTO accounts_user (
    password, is_superuser, email, full_name, full_name_zh, language, is_active, supervisor_id, date_joined
)
SELECT '!', FALSE, 'm' || n || '@bench.test', 'Manager ' || n, '', '', TRUE, %(lead)s, %(now)s
FROM generate_series(1, %(managers)s) AS n
"""
_MEMBERSHIPS = """
INSERT INTO accounts_membership (person_id, role, starts_on)
SELECT id, 'manager', %(first)s FROM accounts_user WHERE email LIKE 'm%%@bench.test'
"""
_DUTIES = """
INSERT INTO accounts_duty (code, name, name_zh, covers, covers_zh, cadence_unit, done_by, position, is_active)
SELECT 'D' || n, 'Duty ' || n, '', 'What it is', '', '', '{}', n, TRUE FROM generate_series(1, %(duties)s) AS n
"""
_DISTRIBUTORS = """
INSERT INTO accounts_distributor (
    code, name, name_zh, legal_name, channel_kind, status, currency, language, city, country, address, phone, email, pinyin,
    version
)
SELECT 'B' || lpad(n::text, 6, '0'), 'Distributor ' || n, '', '', 'wholesale', 'active', 'EUR', 'en', '', 'DE', '', '', '', '', 1
FROM generate_series(1, %(distributors)s) AS n
"""
_RESPONSIBILITIES = """
WITH numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts_distributor
), team AS MATERIALIZED (
    SELECT array_agg(id ORDER BY id) AS ids FROM accounts_user WHERE email LIKE 'm%%@bench.test'
)
INSERT INTO accounts_responsibility (distributor_id, duty_id, user_id, stand_in_id, starts_on, ends_on, note, version)
SELECT numbered.id, duty.id, team.ids[1 + (numbered.n / 50 + stretch) %% %(managers)s],
       CASE WHEN numbered.n %% 3 > 0 THEN team.ids[1 + (numbered.n / 50 + stretch + 1) %% %(managers)s] END,
       %(first)s + stretch * %(days)s,
       CASE WHEN stretch < %(stretches)s - 1 OR (numbered.n + duty.position) %% 200 = 0
            THEN %(first)s + (stretch + 1) * %(days)s - 1 END, '', 1
FROM team CROSS JOIN numbered CROSS JOIN accounts_duty AS duty CROSS JOIN generate_series(0, %(stretches)s - 1) AS stretch
"""
_ABSENCES = """
INSERT INTO accounts_absence (person_id, stand_in_id, starts_on, ends_on, note, version)
SELECT person.id, NULL, %(first)s + n * 60 + person.id::int %% 40, %(first)s + n * 60 + person.id::int %% 40 + 9, '', 1
FROM accounts_user AS person CROSS JOIN generate_series(0, %(years)s * 6 - 1) AS n
WHERE person.email LIKE 'm%%@bench.test'
"""


def measure(*, quick: bool) -> list[Result]:
    rounds = QUICK_ROUNDS if quick else ROUNDS
    with _database(quick=quick):
        page, statements = _page(), []
        for _round in range(2):
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                page()
            statements.append(len(captured))
        taken = alternate({"changed": partial(_after_change, page), "unchanged": page}, rounds=rounds)
        faults = alternate({"faults": partial(_sweep, only_faults=True)}, rounds=1)
        spans = alternate({"spans": partial(_sweep, only_faults=False)}, rounds=1)
    return [
        Result(name="radar, first page after a change", figure=taken["changed"], unit="ms", compared_with="the aim",
               its_figure=AIM_MS, aim="at most 1.0"),
        Result(name="radar, first page while nothing changes", figure=taken["unchanged"], unit="ms", compared_with="the aim",
               its_figure=AIM_MS, aim="at most 1.0"),
        Result(name="its statements after a change", figure=max(statements), unit="", aim="the same at any size"),
        Result(name="gaps and overlaps of five years", figure=faults["faults"] / 1000, unit="s"),
        Result(name=f"who was accountable on every day of them, {CHUNK} distributors", figure=spans["spans"] / 1000, unit="s"),
    ]  # fmt: skip


def _page() -> Callable[[], None]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="lead@bench.test"), backend="sign_in.backends.PasswordBackend")
    return partial(_get, client, reverse("responsibility:radar"))


def _after_change(page: Callable[[], None]) -> None:
    cache.clear()
    page()


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _sweep(*, only_faults: bool) -> None:
    today = timezone.localdate()
    ids = list(Distributor.objects.order_by("code").values_list("pk", flat=True))
    duties = list(Duty.objects.values_list("pk", flat=True))
    first = today - timedelta(days=YEARS * 365 - 1)
    wanted = ids if only_faults else ids[:CHUNK]
    for _span in coverage_spans(wanted, duties, first=first, last=today, only_faults=only_faults):
        pass


@contextmanager
def _database(*, quick: bool) -> Iterator[None]:
    prefix, size = (f"{NAME}_small", DISTRIBUTORS // 20) if quick else (NAME, DISTRIBUTORS)
    with kept_database(prefix) as name:
        if not Distributor.objects.exists():
            print(f"Making {name} ({size:,} distributors); it is kept for the next time.", flush=True)
            _fill(size)
        yield


def _fill(distributors: int) -> None:
    days = YEARS * 365 // STRETCHES
    values: dict[str, Any] = {
        "now": timezone.now(),
        "first": timezone.localdate() - timedelta(days=days * STRETCHES),
        "days": days,
        "years": YEARS,
        "stretches": STRETCHES,
        "managers": MANAGERS,
        "duties": DUTIES,
        "distributors": distributors,
    }
    constraint = next(one for one in Responsibility._meta.constraints if one.name == "one_accountable_person")
    with connection.schema_editor() as editor:  # built once at the end: many times quicker than row by row
        editor.remove_constraint(Responsibility, constraint)
    with transaction.atomic(), without_triggers(), connection.cursor() as cursor:
        values["lead"] = User.objects.create_user("lead@bench.test", None, full_name="Lead", role=Role.DIRECTOR).pk
        for statement in (_PEOPLE, _MEMBERSHIPS, _DUTIES, _DISTRIBUTORS, _RESPONSIBILITIES, _ABSENCES):
            cursor.execute(statement, values)
    with connection.schema_editor() as editor:
        editor.add_constraint(Responsibility, constraint)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
