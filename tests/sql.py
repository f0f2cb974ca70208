"""Checks of the whole database, run inside a test."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from core.checks import Check


def offending_rows(checks: Iterable[Check]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that break a check, by the check's name; empty when all is well."""
    found = {}
    with connection.cursor() as cursor:
        for check in checks:
            cursor.execute(check.statement)
            rows = cursor.fetchall()
            if rows:
                found[check.name] = rows
    return found
