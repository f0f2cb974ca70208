"""A temporary table that COPY fills, from which set-based statements write."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from distribution.imports.convert import NULL, unescape
from distribution.imports.entities import Entity, Field, Kind
from distribution.imports.errors import RowsRefused
from distribution.imports.mapping import Mapped

Params = Sequence[Any] | Mapping[str, Any] | None
NAME = "import_stage"
ROW = "_n"
_CHUNK = 50_000


@dataclass(kw_only=True)
class Stage:
    """`mapped` are the fields that the file fills; `columns` are all staging columns by field name.

    A reference to the entity itself (a tree) is staged as text and resolved when all rows are there. `expressions`
    are SQL for fields that are computed, `extra` for columns that no field fills. `incomplete` are entities of
    which rows were wrong: what is missing among them is no fault of those that refer to it. `digits` are those of the
    profile's currency.
    """

    entity: Entity
    mapped: tuple[str, ...]
    rows: int
    zone: str
    digits: int
    source: Mapped
    incomplete: frozenset[str] = frozenset()
    expressions: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def is_mapped(self, name: str) -> bool:
        return name in self.mapped or name in self.expressions

    def sql_value(self, entry: Field) -> str:
        """The expression that makes the target's value out of the staged one."""
        if entry.name in self.expressions:
            return self.expressions[entry.name]
        column = f's."{entry.column}"'
        return f"({column} AT TIME ZONE '{self.zone}')" if entry.kind == Kind.MOMENT else column


def run(statement: str, params: Params = None) -> int:
    """Execute a statement; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def rows(statement: str, params: Params = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def value(statement: str, params: Params = None) -> Any:
    return rows(statement, params)[0][0]


def fill_stage(mapped: Mapped, defaults: Mapping[str, str], *, zone: str, digits: int) -> Stage:
    """Make the staging table and COPY every record into it. Fields that are not mapped hold their default."""
    entity = mapped.entity
    run(f"DROP TABLE IF EXISTS {NAME}")
    columns = ", ".join(_definition(entry, entity, defaults.get(entry.name, NULL)) for entry in entity.fields)
    run(f"CREATE TEMPORARY TABLE {NAME} ({ROW} integer NOT NULL, {columns}) ON COMMIT DROP")
    present = [entry for entry in entity.fields if entry.name in mapped.columns]
    wires = [list(map(str, range(len(mapped)))), *(mapped.columns[entry.name] for entry in present)]
    names = ", ".join([ROW, *(f'"{entry.column}"' for entry in present)])
    with connection.cursor() as cursor:
        for start in range(0, len(mapped), _CHUNK):
            parts = zip(*(column[start : start + _CHUNK] for column in wires), strict=True)
            text = "\n".join(map("\t".join, parts))
            cursor.copy_expert(f"COPY {NAME} ({names}) FROM STDIN", io.StringIO(text + "\n"))
        cursor.execute(f"ANALYZE {NAME} ({', '.join(_planned_by(entity))})")
    return Stage(
        entity=entity,
        mapped=tuple(entry.name for entry in present),
        rows=len(mapped),
        zone=zone,
        digits=digits,
        source=mapped,
    )


def _definition(entry: Field, entity: Entity, default: str) -> str:
    own = entity.own_reference
    kind = "text" if own and entry.name == own.name else entry.sql
    literal = "'" + unescape(default).replace("'", "''") + "'"
    return f'"{entry.column}" {kind}' + ("" if default == NULL else f" DEFAULT {literal}")


def _planned_by(entity: Entity) -> list[str]:
    """The columns over which the stage is joined: only these need statistics."""
    return [ROW, *(f'"{entity.by_name[name].column}"' for name in entity.key)]


def refuse(found: Sequence[tuple[int, ...]], field_name: str, reason: str) -> None:
    """Raise RowsRefused where a query found records that cannot be written."""
    if found:
        raise RowsRefused([(int(row[0]), field_name, reason) for row in found])


def refuse_where(source: str, *checks: tuple[str, str, str]) -> None:
    """Raise RowsRefused for the records of `source` of which a condition holds, all conditions in one pass.

    Each check is a condition in SQL (NULL is no), the field that is wrong then, and the reason.
    """
    conditions = [f"coalesce({condition}, false)" for condition, _field_name, _reason in checks]
    found = rows(f"SELECT _n, {', '.join(conditions)} FROM {source} WHERE {' OR '.join(conditions)} ORDER BY _n")
    faults = [
        (place, field_name, reason)
        for place, *verdicts in found
        for verdict, (_condition, field_name, reason) in zip(verdicts, checks, strict=True)
        if verdict
    ]
    if faults:
        raise RowsRefused(faults)
