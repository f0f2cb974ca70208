"""Real threads with connections of their own, let go at one moment."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, connections, models, transaction

from core.errors import DomainError

PATIENCE = 20
_ROW_LOCK = re.compile(r"\bFOR (?:NO KEY )?UPDATE(?: OF \"?\w+\"?)?")
_TABLE_LOCK = re.compile(r"LOCK TABLE \w+ IN [A-Z ]+ MODE")
_KEY_LOCK = re.compile(r"pg_try_advisory_xact_lock\((?:%\(\w+\)s|[^)]*)\)")


class Unlocked:
    """A twin: the same program on a database that locks nothing it is asked to lock.

    Nobody goes on before so many `parties` have read each of the `read` tables for the first time: the race, made certain.
    It hangs on Django's own hook (`connection.execute_wrapper`), so the program runs as it is.
    """

    def __init__(self, *read: type[models.Model], parties: int = 2) -> None:
        self.barriers = {
            re.compile(rf'\s*SELECT\b.*\b(?:FROM|JOIN) "?{model._meta.db_table}\b', re.DOTALL): threading.Barrier(
                parties
            )
            for model in read
        }
        self.mine = threading.local()
        self.stripped = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
        plain = _TABLE_LOCK.sub("SELECT 1", _KEY_LOCK.sub("true", _ROW_LOCK.sub("", sql)))
        self.stripped += plain != sql
        result = execute(plain, params, many, context)
        passed = self.mine.__dict__.setdefault("passed", set())
        for reads, barrier in self.barriers.items():
            if reads not in passed and reads.match(plain):
                passed.add(reads)
                barrier.wait(PATIENCE)
        return result


def together(*jobs: Callable[[], Any], previous_period: Unlocked | None = None) -> list[Any]:
    """Run the jobs at once; each result, or the exception that it raised, in their order."""
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            start.wait(PATIENCE)
            with connection.execute_wrapper(previous_period) if previous_period else nullcontext():
                return job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        results = list(pool.map(run, jobs))
    assert previous_period is None or previous_period.stripped >= len(jobs), "there was no lock to take away"
    return results


@contextmanager
def until_all_wait(rows: models.QuerySet[Any], waiting: int) -> Iterator[None]:
    """Hold the rows from outside until so many others wait for them: each of those has read, and none has written."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(rows.select_for_update(of=("self",)))
            held.set()
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline and _waiting() < waiting and not done.is_set():
                time.sleep(0.01)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(PATIENCE)
    try:
        yield
    finally:
        done.set()
        holder.join()


def while_waits(
    hold: Callable[[], Any], other: Callable[[], Any], then: Callable[[], Any] | None = None
) -> tuple[Any, Any]:
    """Run `hold` in a transaction that ends when `other`, on a connection of its own, waits for it; both results.

    `then` is done in that transaction before it ends.
    """

    def run() -> Any:
        try:
            return other()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        try:
            with transaction.atomic():
                kept = hold()
                later = pool.submit(run)
                deadline = time.monotonic() + PATIENCE
                while _waiting() < 1:
                    assert not later.done(), later.result()
                    assert time.monotonic() < deadline, "nobody waited"
                    time.sleep(0.01)
                if then is not None:
                    then()
        except DomainError as error:
            kept = error
        return kept, later.result(PATIENCE)


def while_open(hold: Callable[[], Any], other: Callable[[], Any], *, unlocked: Unlocked) -> tuple[Any, Any]:
    """The twin of `while_waits`: `other` is over, on a connection of its own, before the transaction of `hold` ends."""

    def run() -> Any:
        try:
            with connection.execute_wrapper(unlocked):
                return other()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        with connection.execute_wrapper(unlocked):
            kept = hold()
        later = pool.submit(run).result(PATIENCE)
    assert unlocked.stripped, "there was no lock to take away"
    return kept, later


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot();"  # within a transaction it would be asked once only
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


def succeeded(results: list[Any]) -> list[Any]:
    return [result for result in results if not isinstance(result, Exception)]


def failed(results: list[Any]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]
