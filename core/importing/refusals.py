"""What the database refused, in words, and in which field."""

from collections.abc import Sequence
from functools import cache

from django.db import DatabaseError, DataError, IntegrityError, InternalError

from core.constraints import CHECK, EXCLUSION, as_domain_error
from core.importing.entity import Entity
from core.importing.staging import Stage, rows

REFUSALS = (IntegrityError, DataError, InternalError)
_COLUMNS = """
SELECT attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
WHERE conrelid = %s::regclass AND conname = %s AND contype IN ('c', 'u') ORDER BY attnum
"""


class ValueFault(ValueError):
    """A cell, or what a formula makes of it, is not valid. Its text is shown beside the row."""


def explain(error: DatabaseError, stage: Stage) -> tuple[str, str]:
    """The field at fault and the reason, for what the database refused of one staged record."""
    diagnostics = getattr(error.__cause__, "diag", None)
    constraint = getattr(diagnostics, "constraint_name", None) or ""
    column = getattr(diagnostics, "column_name", None) or ""
    columns = [column] if column else _columns_of(stage.entity.table, constraint)
    fields = _fields_of(stage, columns)
    known = stage.entity.reasons.get(constraint)
    return fields[-1] if fields else stage.entity.key[0], str(known) if known else _reason(error, stage, fields)


@cache
def _columns_of(table: str, constraint: str) -> Sequence[str]:
    return [name for (name,) in rows(_COLUMNS, [f'"{table}"', constraint])]


def _fields_of(stage: Stage, columns: Sequence[str]) -> list[str]:
    """The fields of the file that fill these columns; what the record is found by comes first."""
    entity: Entity = stage.entity
    found = [entry.name for entry in entity.fields if entry.column in columns and stage.is_mapped(entry.name)]
    return sorted(found, key=lambda name: name not in entity.key)


def _reason(error: DatabaseError, stage: Stage, fields: list[str]) -> str:
    diagnostics = getattr(error.__cause__, "diag", None)
    domain = as_domain_error(error)
    message = str(domain) if domain else getattr(diagnostics, "message_primary", None) or str(error)
    if getattr(error.__cause__, "pgcode", "") in {CHECK, EXCLUSION}:
        # The detail would be the row as the database has it, or ranges of its keys, which says nothing to the reader.
        labels = dict.fromkeys(stage.label(name) for name in fields)
        return f"{message} ({', '.join(labels)})" if labels else message
    detail = getattr(diagnostics, "message_detail", None) or ""
    if domain is not None and "_normal_code(" in detail:  # the message names the code
        return message
    return " ".join(part for part in (message, shorten(detail, 200)) if part)


def shorten(text: object, limit: int = 60) -> str:
    """A cell as it is shown in a message."""
    shown = " ".join(str(text).split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
