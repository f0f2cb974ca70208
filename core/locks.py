"""One run at a time, and rows locked in one order."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, models

from core.errors import NotVisible
from core.idempotency import lock_number

M = TypeVar("M", bound=models.Model)


@contextmanager
def single_run(name: str) -> Iterator[bool]:
    """Yield True when this session got the advisory lock `name`, False when another session runs it now."""
    number = lock_number("single_run", name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        (got,) = cursor.fetchone()
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def lock_row(queryset: models.QuerySet[M], pk: int) -> M:
    """The row under FOR UPDATE, or NotVisible. Before: inside a transaction."""
    row = queryset.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    return row
