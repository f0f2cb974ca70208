"""Databases of the benchmarks' own, beside the one in use, on the same server."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.core.management import call_command
from django.db import connection


@contextmanager
def bench_database(name: str, **size: int) -> Iterator[None]:
    """Point the default connection at database `name`, made with `manage.py demo` of that size when it is not there."""
    before = connection.settings_dict["NAME"]
    make_empty(name)
    switch(name)
    try:
        call_command("migrate", verbosity=0)
        from accounts.models import User

        if not User.objects.exists():
            print(f"Making {name} ({size}); it is kept for the next time.", flush=True)
            call_command("demo", **size)
        yield
    finally:
        switch(before)


def big(*, quick: bool) -> AbstractContextManager[None]:
    """10,000 distributors, 1,000,000 orders with ten lines each; a twentieth of it when `quick`."""
    size = {"distributors": 10_000, "orders": 1_000_000, "lines": 10, "products": 500}
    if quick:
        return bench_database("tributary_bench_small", distributors=500, orders=50_000, lines=10, products=500)
    return bench_database("tributary_bench_big", **size)


def make_empty(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')


def drop_others(prefix: str, name: str) -> None:
    """Those of the prefix, with eight characters after it, that are not `name`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname SIMILAR TO %s", [f"{prefix}(_[0-9a-f]{{8}}|)"])
        for (other,) in cursor.fetchall():
            if other != name:
                cursor.execute(f'DROP DATABASE "{other}"')


def switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
