"""Statements that PostgreSQL plans once a connection: for the few whose planning costs more than their running."""

import re
from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_known: "WeakKeyDictionary[Any, set[str]]" = WeakKeyDictionary()


@dataclass(frozen=True)
class PreparedStatement:
    """A statement with `%(name)s` parameters and the SQL type of each.

    Prepared at its first use in a connection, outside of any transaction's fate. Where a pooler hands out connections by
    transaction (DISABLE_SERVER_SIDE_CURSORS, Django's own switch for that), it is sent whole each time.
    """

    statement: str
    types: Mapping[str, str]

    def rows(self, parameters: Mapping[str, Any]) -> list[Any]:
        """Run it and return all rows, named by their columns. The parameters may hold more than the statement names."""
        with connection.cursor() as cursor:
            if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
                cursor.execute(self.statement, parameters)
                return named_rows(cursor)
            known = _known.setdefault(cursor.connection, set())
            if self._name not in known:
                # Once a connection and no part of the request: it does not go through Django's cursor, which counts.
                with connection.connection.cursor() as plain:
                    plain.execute(self._prepare)
                known.add(self._name)
            cursor.execute(self._execute, [_sent(parameters[name]) for name in self.types])
            return named_rows(cursor)

    @cached_property
    def _name(self) -> str:
        return f"tributary_{blake2b(self.statement.encode(), digest_size=8).hexdigest()}"

    @cached_property
    def _prepare(self) -> str:
        """With numbers for names. It is executed without parameters, so that a percent sign stays what it is."""
        numbers = {name: f"${number}" for number, name in enumerate(self.types, 1)}
        body = _PLACEHOLDER.sub(lambda match: numbers[match[1]], self.statement).replace("%%", "%")
        return f"PREPARE {self._name} ({', '.join(self.types.values())}) AS {body}"

    @cached_property
    def _execute(self) -> str:
        return f"EXECUTE {self._name} ({', '.join('%s' for _name in self.types)})"


def _sent(value: Any) -> Any:
    """A list as the text of an array: one literal for PostgreSQL to read, where psycopg2 would write an expression of each."""
    return f"{{{','.join(map(_element, value))}}}" if isinstance(value, list) else value


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return str(value)


def named_rows(cursor: Any) -> list[Any]:
    """What a cursor found, each row a tuple with its columns as attributes; none of a statement that finds nothing."""
    if cursor.description is None:
        return []
    row = _row_type(tuple(column.name for column in cursor.description))
    return [row._make(found) for found in cursor.fetchall()]


@cache
def _row_type(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns, rename=True)  # noqa: PYI024 - the columns are known when the statement has run
