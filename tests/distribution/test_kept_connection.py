"""The connection that a web process keeps from one request to the next."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept() -> Iterator[Any]:
    made: Any = connections.create_connection("default")
    made.settings_dict = made.settings_dict | {"CONN_HEALTH_CHECKS": True}
    yield made
    made.close()


def _ask(connection: Any, statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0]


def _last_statement(pid: int) -> str:
    return str(_ask(connections["default"], "SELECT query FROM pg_stat_activity WHERE pid = %s", pid))


def test_it_is_asked_whether_it_lives_only_after_a_pause(kept: Any) -> None:
    """Each request of a busy process would cost the database one question more."""
    pid = _ask(kept, "SELECT pg_backend_pid()")

    kept.health_check_done = False
    kept.close_if_health_check_failed()
    assert (_last_statement(pid), kept.health_check_done) == ("SELECT pg_backend_pid()", True)

    kept.health_check_done, kept._used_at = False, kept._used_at - 60
    kept.close_if_health_check_failed()
    assert (_last_statement(pid), kept.health_check_done) == ("SELECT 1", True)


def test_one_that_the_server_ended_is_replaced_at_once(kept: Any) -> None:
    """After a restart of the database the next request of every process would fail."""
    pid = _ask(kept, "SELECT pg_backend_pid()")
    assert _ask(connections["default"], "SELECT pg_terminate_backend(%s, 5000)", pid)

    kept.health_check_done = False
    assert _ask(kept, "SELECT pg_backend_pid()") != pid
