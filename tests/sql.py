"""Checks of the whole database, run inside a test."""

from collections.abc import Iterable, Sequence

from core.invariants import Invariant, Row

FEW = 10


def offending_rows(checks: Iterable[Invariant]) -> dict[str, Sequence[Row]]:
    """The rows that break a check, by the check's name; empty when all is well."""
    found = {check.name: check.find(FEW) for check in checks}
    return {name: rows for name, rows in found.items() if rows}
