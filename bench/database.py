"""Databases of the benchmarks' own, beside the one in use, on the same server."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from core.constraints import project_apps


@contextmanager
def kept_database(prefix: str) -> Iterator[str]:
    """Point the default connection at a migrated database that is kept for the next time, and give its name.

    One that was made from other migrations is dropped: until the first release the initial ones are made anew.
    """
    before, name = connection.settings_dict["NAME"], f"{prefix}_{_state_of_migrations()}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname SIMILAR TO %s", [f"{prefix}(_[0-9a-f]{{8}}|)"])
        there = {other for (other,) in cursor.fetchall()}
        for other in there - {name}:
            cursor.execute(f'DROP DATABASE "{other}"')
        if name not in there:
            cursor.execute(f'CREATE DATABASE "{name}"')
    _switch(name)
    try:
        call_command("migrate", verbosity=0)
        yield name
    finally:
        _switch(before)


@contextmanager
def demo_database(prefix: str, **size: int) -> Iterator[None]:
    """A kept database with what `manage.py demo` of that size makes."""
    from accounts.models import User

    with kept_database(prefix) as name:
        if not User.objects.exists():
            print(f"Making {name} ({size}); it is kept for the next time.", flush=True)
            call_command("demo", **size)
        yield


def big(*, quick: bool) -> AbstractContextManager[None]:
    """10,000 distributors, 1,000,000 orders with ten lines each; a twentieth of it when `quick`."""
    if quick:
        return demo_database("tributary_bench_small", distributors=500, orders=50_000, lines=10, products=500)
    return demo_database("tributary_bench_big", distributors=10_000, orders=1_000_000, lines=10, products=500)


def _state_of_migrations() -> str:
    folders = [Path(apps.get_app_config(label).path, "migrations") for label in sorted(project_apps())]
    files = [file for folder in folders for file in sorted(folder.glob("0*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
