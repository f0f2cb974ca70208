"""Rows that all tests of a module read: made once, and undone after the last of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def rows_for_a_module(blocker: Any) -> Iterator[None]:
    """A transaction around a module's tests, each of which runs in one of its own inside. `blocker` is pytest-django's."""
    assert connection.settings_dict["NAME"].startswith("test_"), "the tests are marked django_db"
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own test cases do: services may ask to be the outermost transaction
    with blocker.unblock(), around:
        yield
        transaction.set_rollback(True)
