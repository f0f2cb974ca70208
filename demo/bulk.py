"""How the demo company is written: by the services of the apps, from rows that were drawn here."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from core.importing import Importer, Stage, importer_named
from core.importing.given import stage_query, stage_values
from core.importing.staging import Params

_ROLE = """
SELECT set_config('session_replication_role', %s, true) FROM pg_roles WHERE rolname = current_user AND rolsuper
"""


def write_rows(entity: str, rows: Sequence[Mapping[str, Any]], *, extra: Mapping[str, str] | None = None) -> None:
    """Write rows of an entity. References are numbers; `extra` are columns besides the fields, with their type."""
    if rows:
        importer = _importer(entity)
        importer.write(stage_values(importer.entity, rows, extra=extra))


def staged(
    entity: str,
    query: str,
    parameters: Params = None,
    *,
    relation: str,
    fields: Sequence[str],
    extra: Mapping[str, str] | None = None,
    keys: bool = False,
) -> Stage:
    """The rows of a query, staged for the service that writes the entity; with `keys` they have their keys already."""
    return stage_query(
        _importer(entity).entity, query, parameters, fields=fields, extra=extra, relation=relation, keys=keys
    )


def write_query(
    entity: str,
    query: str,
    parameters: Params = None,
    *,
    fields: Sequence[str],
    extra: Mapping[str, str] | None = None,
) -> None:
    """Write the rows of a query."""
    stage = staged(entity, query, parameters, relation=f"demo_{entity}", fields=fields, extra=extra)
    _importer(entity).write(stage)


def _importer(entity: str) -> Importer:
    found = importer_named(entity)
    if found is None:
        raise LookupError(entity)
    return found


@contextmanager
def without_triggers() -> Iterator[None]:
    """Write without firing foreign-key and summing triggers, where the server lets us. Before: inside a transaction.

    Only for rows that follow from rows made in the same transaction; `manage.py verify` proves the result.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, ["replica"])
        yield
        cursor.execute(_ROLE, ["origin"])
