"""Importing the AdventureWorks orders with lines and shipments, beside COPY of the same rows into the same tables.

Ours reads the gzipped file, joins, checks every cell, finds references, writes, and posts the actual sales; COPY gets the
finished rows. Both work under the same constraints, indexes and triggers, without the sums order by order, and are rolled
back.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.db import connection, transaction

from bench.database import kept_database
from bench.results import Result, alternate
from integration.engine.profile import Profile, load_profile
from integration.engine.run import import_folder
from integration.profiles import shipped_profiles
from orders.ordering.models import sums

DATA = Path(os.environ.get("TRIBUTARY_REALDATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
NAME = "tributary_bench_importing"
TABLES = ("orders_order", "orders_orderline", "orders_lineadjustment", "orders_shipment", "orders_shipmentline")
SALES = {"order", "order_line", "shipment", "shipment_line"}


def measure(*, quick: bool) -> list[Result]:
    folder = DATA / "adventureworks"
    if not folder.is_dir():
        print(f"The AdventureWorks files are missing: {folder}. Set TRIBUTARY_REALDATA.", flush=True)
        return []
    profile = load_profile(shipped_profiles()["adventureworks"])
    with kept_database(NAME):
        _import(_part(profile, sales=False), folder)
        sales = _part(profile, sales=True)
        with _undone():
            _import(sales, folder)
            finished = {table: _dump(table) for table in TABLES}
        works = {"ours": lambda: _ours(sales, folder), "copy": lambda: _copy(finished)}
        took = alternate(works, rounds=1 if quick else 5)
    return [
        Result(
            name="orders, lines and shipments of AdventureWorks (129,302 rows)",
            figure=took["ours"],
            unit="ms",
            compared_with="COPY of the finished rows",
            its_figure=took["copy"],
            aim="at most 3",
        )
    ]


def _part(profile: Profile, *, sales: bool) -> Profile:
    return replace(profile, blocks=tuple(block for block in profile.blocks if (block.entity in SALES) is sales))


def _import(profile: Profile, folder: Path) -> None:
    outcome = import_folder(profile=profile, folder=folder, actor_id=None)
    if not outcome.written:
        raise SystemExit(f"not taken: {outcome.wrong[:3]}")


def _ours(profile: Profile, folder: Path) -> None:
    with _undone():
        _import(profile, folder)


def _copy(finished: dict[str, str]) -> None:
    with _undone(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {sums.SETTING} = {sums.BULK}")
        for table, rows in finished.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(rows))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _dump(table: str) -> str:
    stream = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY (SELECT * FROM {table} ORDER BY id) TO STDOUT", stream)
    return stream.getvalue()


@contextmanager
def _undone() -> Iterator[None]:
    """Nothing is kept; what the rollback leaves behind is swept away outside of the measured work of the next round."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
