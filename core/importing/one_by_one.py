"""Which of the staged records the database refuses, each by itself, found out by the server in one pass."""

from collections.abc import Sequence
from types import SimpleNamespace

from django.db import IntegrityError, transaction

from core.importing.refusals import explain
from core.importing.staging import Stage, rows, run

PLACE = "import_place"
"""The variable that holds the place of the record whose turn it is; statements restrict themselves to it."""
_FAULTS = "import_faults"
_LOOP = f"""
DO $import_loop$
DECLARE
    {PLACE} integer; its_state text; its_constraint text; its_column text; its_message text; its_detail text;
BEGIN
    FOR {PLACE} IN SELECT _n FROM %(relation)s ORDER BY _n LOOP
        BEGIN
            %(statements)s;
        EXCEPTION WHEN integrity_constraint_violation OR data_exception OR raise_exception THEN
            GET STACKED DIAGNOSTICS its_state = RETURNED_SQLSTATE, its_constraint = CONSTRAINT_NAME,
                its_column = COLUMN_NAME, its_message = MESSAGE_TEXT, its_detail = PG_EXCEPTION_DETAIL;
            INSERT INTO {_FAULTS}
            VALUES ({PLACE}, its_state, its_constraint, its_column, its_message, its_detail);
        END;
    END LOOP;
END $import_loop$
"""


class Diagnosed(Exception):
    """What PostgreSQL reported of one record, in the shape in which its driver does."""

    def __init__(self, state: str, constraint: str, column: str, message: str, detail: str) -> None:
        super().__init__(message)
        self.pgcode = state
        self.diag = SimpleNamespace(
            constraint_name=constraint, column_name=column, message_primary=message, message_detail=detail
        )


def refused_one_by_one(stage: Stage, statements: Sequence[str]) -> list[tuple[int, str, str]]:
    """Run the statements for one record after the other; place, field and reason of each that is refused.

    Nothing is kept of it. A record stays while the later ones are tried, so that of two that collide the later is named.
    """
    point = transaction.savepoint()
    try:
        run(f"CREATE INDEX ON {stage.relation} (_n)")
        run(
            f"CREATE TEMPORARY TABLE {_FAULTS} (place integer, state text, named text, of_column text, message text, "
            "detail text) ON COMMIT DROP"
        )
        run(_LOOP % {"relation": stage.relation, "statements": ";\n".join(statements)})
        found = rows(f"SELECT * FROM {_FAULTS} ORDER BY place")
    finally:
        transaction.savepoint_rollback(point)
    return [(place, *explain(_error(*report), stage)) for place, *report in found]


def _error(state: str, constraint: str, column: str, message: str, detail: str) -> IntegrityError:
    error = IntegrityError(message)
    error.__cause__ = Diagnosed(state, constraint, column, message, detail)
    return error
