"""Statements planned once a connection: the same answers, whatever happened to the connection before."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.prepared_statements import PreparedStatement

pytestmark = pytest.mark.django_db

_SUM = PreparedStatement(
    "SELECT %(text)s || ' 100%%', (SELECT SUM(n) FROM unnest(%(numbers)s::bigint[]) AS n)",
    {"text": "text", "numbers": "bigint[]"},
)


def known() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%|| ' 100\\%'%"])
        return int(cursor.fetchone()[0])


def test_it_is_planned_once_and_answers_each_time() -> None:
    """Every order would be planned anew, which costs more than placing it."""
    assert _SUM.rows({"text": "it's", "numbers": [1, 2], "more": "than it names"}) == [("it's 100%", 3)]
    assert _SUM.rows({"text": "%", "numbers": []}) == [("% 100%", None)]
    assert _SUM.rows({"text": "n", "numbers": [None, 5]}) == [("n 100%", 5)]
    assert known() == 1


def test_arrays_arrive_as_they_were_given() -> None:
    """An order with a strange code would be refused for a broken statement, or be one of another product."""
    texts = PreparedStatement("SELECT %(them)s", {"them": "text[]"})
    for given in (
        [],
        ["", " a ", "NULL", None],
        ['say "so"', "back\\slash\\", "a,b", "{c}", "line\nbreak", "it's", "100%", "中文"],
    ):
        assert texts.rows({"them": given}) == [(given,)]

    others = PreparedStatement(
        "SELECT %(amounts)s, %(days)s, %(truths)s", {"amounts": "numeric[]", "days": "date[]", "truths": "boolean[]"}
    )
    given_others = ([Decimal("0.10"), Decimal("-1E+2"), None], [date(2026, 2, 28), None], [True, False, None])
    assert others.rows(dict(zip(("amounts", "days", "truths"), given_others, strict=True))) == [given_others]


def test_it_outlives_a_transaction_that_failed() -> None:
    """After one refused order a worker would refuse all that follow."""
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012 - both belong to the transaction that fails
        assert _SUM.rows({"text": "a", "numbers": [1]})
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO core_storedreply (actor_id) VALUES (NULL)")

    assert _SUM.rows({"text": "b", "numbers": [2]}) == [("b 100%", 2)]


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_plans_it_again() -> None:
    """After a restart of the database no order could be placed."""
    assert _SUM.rows({"text": "a", "numbers": [1]})
    connection.close()
    assert _SUM.rows({"text": "b", "numbers": [2]}) == [("b 100%", 2)]


def test_behind_a_pooler_it_is_sent_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pooler would hand the order to a connection that never heard of the statement."""
    other = PreparedStatement("SELECT %(number)s + 1", {"number": "bigint"})
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    assert other.rows({"number": 1}) == [(2,)]
