"""Real threads with connections of their own, let go at one moment."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models

from orders.services import locking

PATIENCE = 20


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs at once; each result, or the exception that it raised, in their order."""
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            start.wait(PATIENCE)
            return job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def succeeded(results: list[Any]) -> list[Any]:
    return [result for result in results if not isinstance(result, Exception)]


def failed(results: list[Any]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


@contextmanager
def without_the_order_lock(monkeypatch: pytest.MonkeyPatch, parties: int) -> Iterator[None]:
    """Read the order without FOR UPDATE, and let nobody go on before all have read it: the race, made certain."""
    seen = threading.Barrier(parties)

    def read(queryset: models.QuerySet[Any], pk: int) -> Any:
        row = queryset.get(pk=pk)
        if queryset.model.__name__ == "Order":
            seen.wait(PATIENCE)
        return row

    with monkeypatch.context() as patch:
        patch.setattr(locking, "lock_row", read)
        yield
