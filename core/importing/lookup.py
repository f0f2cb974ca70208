"""The one way to find rows by what a file calls them: by a column of `match`, or by any of them."""

from collections.abc import Collection, Mapping

from django.db import connection

from core.codes import same_code
from core.importing.entity import Entity


def ids_of(entity: Entity, match: str, values: Collection[str]) -> dict[str, int | None]:
    """The row of each value that is found, None where several are. One query."""
    if not values:
        return {}
    if match in entity.lookups:
        return dict(entity.lookups[match](values))
    field = entity.by_name[match]
    column = f't."{field.column}"'
    same = same_code(column, "given") if field.is_code else f"{column} = given"
    # Table and column come from the registry of entities, never from a file.
    statement = f"""
        SELECT given, min(t.id), count(*) FROM unnest(%s::text[]) AS given
        JOIN "{entity.table}" AS t ON {same}
        GROUP BY 1"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(set(values))])
        return {str(value): pk if count == 1 else None for value, pk, count in cursor.fetchall()}


def ids_by_any(entity: Entity, values: Collection[str]) -> Mapping[str, int]:
    """The row of each value, by its code first, then by a name that is its alone in every column. A query per column."""
    found: dict[str, int | None] = {}
    first, *names = entity.match
    by_name: dict[str, set[int | None]] = {}
    for name in names:
        for value, pk in ids_of(entity, name, values).items():
            by_name.setdefault(value, set()).add(pk)
    found = {value: keys.pop() for value, keys in by_name.items() if len(keys) == 1}
    found |= ids_of(entity, first, values)
    return {value: pk for value, pk in found.items() if pk is not None}
