"""What always holds, as queries that find where it does not. `manage.py verify` runs them over the whole database.

Each app lists its own in `<app>/selectors/invariants.py` and registers them from AppConfig.ready; those of orders stand
in `orders/pages/selectors`, which sees all of its documents.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from core.errors import Message
from core.registry import registry

Row = Mapping[str, object]
Finder = Callable[[int], Sequence[Row]]


@dataclass(frozen=True, kw_only=True)
class Invariant:
    """One thing that always holds.

    `name` is `app.what`, such as `inventory.on_hand_is_the_sum_of_moves`; `statement` is the sentence that must be true;
    `find` returns at most so many offending rows, each with what a reader needs to find the row; an empty answer
    means it holds.
    """

    name: str
    statement: Message
    find: Finder


def violations_of(sql: str) -> Finder:
    """A finder that runs one SELECT whose rows are the offending ones. The text is constant, without parameters."""

    def find(limit: int) -> list[Row]:
        with connection.cursor() as cursor:
            inner = sql.replace("%", "%%")
            statement = f"SELECT * FROM ({inner}) AS offending LIMIT %s"  # noqa: S608 - a constant of ours
            cursor.execute(statement, [limit])
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return find


def register_invariants(*invariants: Invariant) -> None:
    """Register checks of `manage.py verify`. Called from AppConfig.ready; names are unique."""
    for invariant in invariants:
        registry.invariants.add(invariant.name, invariant)
