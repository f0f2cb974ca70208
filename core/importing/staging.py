"""The staging relation from which set-based services write, and what they refuse of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from core.importing.counts import RowsRefused
from core.importing.entity import Entity
from core.importing.fields import Field, Kind

Params = Sequence[Any] | Mapping[str, Any] | None
RELATION = "import_stage"
ROW = "_n"


@dataclass(kw_only=True)
class Stage:
    """Records of one entity in the temporary table `relation`: a column for each field, and ROW, the record's place.

    `mapped` are the fields that the source fills; the others hold their default. A moment is staged without its zone, in
    that of `zone`. A reference to the entity itself (a tree) is staged as text and resolved when all rows are there.
    `expressions` are SQL for fields that are computed, `extra` for columns of new rows that no field fills, `copied` for
    columns that follow the fields whenever a row is written; they may name what `joins` adds. `incomplete` are entities
    of which rows were wrong: what is missing among them is no fault of those that refer to it. `digits` are those of the
    currency of most amounts. `labels` are the names of the source's columns by field, `match` the columns by which
    references were given; `is_numbered` where the entity's numbering was applied; `is_sorted` where the rows lie in the
    order of ROW and need not be sorted to be written in it. `actor_id` is who imports, None for a command.
    """

    entity: Entity
    mapped: tuple[str, ...]
    rows: int
    zone: str
    digits: int
    relation: str = RELATION
    labels: Mapping[str, str] = field(default_factory=dict)
    match: Mapping[str, str] = field(default_factory=dict)
    is_numbered: bool = False
    is_sorted: bool = False
    incomplete: frozenset[str] = frozenset()
    actor_id: int | None = None
    expressions: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    copied: dict[str, str] = field(default_factory=dict)
    joins: str = ""

    def label(self, name: str) -> str:
        """What a field is called in the source."""
        return self.labels.get(name, name)

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
