"""One run at a time, and rows locked in one order. No lock outlives its transaction: a pooler may change the session."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, models

from core.errors import NotVisible
from core.idempotency import lock_number

M = TypeVar("M", bound=models.Model)


@contextmanager
def single_run(name: str) -> Iterator[bool]:
    """Yield True when this run got the name, False when another has it now.

    The lock is that of a transaction on a connection of its own, which ends with the process whatever happens to it.
    """
    apart: Any = connection.copy()
    try:
        with transaction_of(apart), apart.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number("single_run", name)])
            (got,) = cursor.fetchone()
            yield got
    finally:
        apart.close()


@contextmanager
def transaction_of(apart: Any) -> Iterator[None]:
    """A transaction on a connection that Django's aliases do not name."""
    apart.set_autocommit(False)
    try:
        yield
    finally:
        apart.rollback()


def lock_row(queryset: models.QuerySet[M], pk: int) -> M:
    """The row under FOR UPDATE, or NotVisible. Before: inside a transaction."""
    row = queryset.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    return row
