"""Those who carry goods are shown no amount of an order, a claim or a return: on no page, in no file, by no answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import translation
from openpyxl import load_workbook

from core.money import STORED_DIGITS
from core.ui.numbers import money_short
from orders.changes.models import ApprovalRule
from orders.fulfilment.waybills.models import Waybill, WaybillShipment
from tests.access.asking import SAFE, ask, signed_in
from tests.access.routes import all_rows
from tests.access.table import ACCOUNTANT, ADMINISTRATOR, KEEPER, OWNER, WAREHOUSE, Route
from tests.access.world import World

pytestmark = pytest.mark.django_db

FACTOR = 76543
"""What every amount is multiplied by, so that none is taken for a quantity or for a price of a list."""
NOT_OF_ORDERS = {ApprovalRule, Waybill, WaybillShipment}
"""A rule's limit, and freight, which has permissions of its own."""
CARRYING = (KEEPER, WAREHOUSE)
READS = [row for row in all_rows() if row.method in SAFE]
_NO_ARGS = Route(name="", allowed=()).args


def _amount_columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_app_config("orders").get_models():
        names = [
            field.column
            for field in model._meta.concrete_fields
            if isinstance(field, models.DecimalField)
            and (field.max_digits, field.decimal_places) == (19, STORED_DIGITS)
        ]
        if names and model not in NOT_OF_ORDERS:
            yield model, names


@pytest.fixture(scope="module")
def amounts(world: World) -> set[str]:
    """How the amounts of orders are written, after each was multiplied."""
    found: set[Decimal] = set()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger asks whether one may
        for model, names in _amount_columns():
            changes = ", ".join(f"{name} = {name} * {FACTOR}" for name in names)
            cursor.execute(f"UPDATE {model._meta.db_table} SET {changes} RETURNING {', '.join(names)}")  # noqa: S608 - names of our own columns
            found.update(abs(value) for row in cursor.fetchall() for value in row if value)
        event = f'{{"amount_before": "{FACTOR}0.0000", "amount_after": "{FACTOR}1.0000", "currency": "USD"}}'
        cursor.execute("UPDATE core_event SET data = data || %s::jsonb WHERE subject_type = 'order'", [event])
        cursor.execute("SET LOCAL session_replication_role = origin")
    found |= {Decimal(FACTOR * 10), Decimal(FACTOR * 10 + 1)}
    with translation.override("zh-hans"):
        short = {money_short(value, "").strip() for value in found}
    return {str(int(value)) for value in found if value >= FACTOR} | {text for text in short if "." in text}


def shown(response: Any, amounts: set[str]) -> list[str]:
    """The amounts in an answer, however they are written."""
    if response.status_code != 200:
        return []
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):
        book = load_workbook(BytesIO(body), read_only=True)
        text = "\n".join(" ".join(map(str, row)) for sheet in book for row in sheet.iter_rows(values_only=True))
    else:
        text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", body.decode(errors="replace"))
    words = set(re.findall(r"(?<![\w.])\d{5,}(?=\D)|\d+\.\d+\s?万", f"{text} "))
    return sorted(amounts & words)


def _reads() -> Iterator[Route]:
    yield from READS
    for row in READS:
        if not row.is_api and not row.query and row.args is _NO_ARGS:
            kinds = ("csv", "lines", "xlsx") if row.name.startswith("orders:") else ("csv",)
            yield from (replace(row, query=f"?export={kind}") for kind in kinds)
    for text in ("SO", "MINE", "RET", "DC"):
        yield Route(name="core:search", allowed=(), query=f"?q={text}")
    yield Route(name="api:orders-list", allowed=(), query="?ordering=-net_amount")
    for tab in ("orders", "returns"):
        yield Route(name="accounts:distributor", allowed=(), args=_mine, query=f"?tab={tab}")


def _mine(world: World) -> dict[str, str]:
    return {"code": world.mine.code}


@pytest.mark.matrix
@pytest.mark.parametrize("row", list(_reads()), ids=lambda row: f"{row.name}{row.query}")
def test_who_carries_goods_sees_no_amount(
    row: Route, world: World, sessions: dict[str, str], amounts: set[str]
) -> None:
    """A warehouse clerk would read what each customer pays, from a page or a file that somebody added later."""
    for actor in CARRYING:
        with transaction.atomic():
            found = shown(ask(signed_in(actor, sessions), row, world), amounts)
            transaction.set_rollback(True)
        assert not found, f"{actor} is shown {found}"


@pytest.mark.parametrize(
    ("actor", "name", "query"),
    [
        (OWNER, "orders:list", ""),
        (OWNER, "orders:list", "?export=csv"),
        (OWNER, "orders:list", "?export=lines"),
        (ADMINISTRATOR, "orders:list", "?export=xlsx"),
        (ADMINISTRATOR, "orders:claims", ""),
        (ACCOUNTANT, "orders:returns", "?export=csv"),
        (OWNER, "api:orders-list", ""),
        (ADMINISTRATOR, "api:orders-detail", ""),
        (ADMINISTRATOR, "orders:order", ""),
        (OWNER, "api:orders-events", ""),
        (ADMINISTRATOR, "api:delivery-claims-list", ""),
        (ADMINISTRATOR, "api:returns-list", ""),
    ],
)
def test_these_eyes_can_see(
    actor: str, name: str, query: str, world: World, sessions: dict[str, str], amounts: set[str]
) -> None:
    """Were nothing found where it is, the test above would hold for any site."""
    row = next(row for row in READS if row.name == name)
    found = shown(ask(signed_in(actor, sessions), replace(row, query=query), world), amounts)
    assert found
