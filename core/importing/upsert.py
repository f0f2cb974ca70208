"""New rows in, rows that differ changed, the rest left alone."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.importing.counts import Counts, RowsRefused
from core.importing.entity import Entity
from core.importing.fields import Field
from core.importing.one_by_one import PLACE, refused_one_by_one
from core.importing.refusals import REFUSALS
from core.importing.staging import Stage, refuse, rows, run, value

# Every name in these statements comes from the entities that apps declare and from their models, never from a file.

MANY = 1_000


def upsert(stage: Stage) -> Counts:
    """Write a staged entity into its table by its key. A field counts as mapped where `expressions` say what it is."""
    own = stage.entity.self_reference
    fields = [entry for entry in stored_fields(stage.entity) if entry is not own]
    known = count_known(stage, same_key(stage.entity))
    update = _update(stage, fields)
    before = 0 if own is None else _highest(stage)
    try:
        with transaction.atomic():
            touched = {row[0] for row in rows(f"{update} RETURNING t.id")} if known and update else set()
            created = run(_insert(stage, fields, _new(stage) if known else "")) if known < stage.rows else 0
    except REFUSALS as error:
        only = f"s._n = {PLACE}"
        single = [f"{update} AND {only}"] * bool(update) + [_insert(stage, fields, f"{_new(stage)} AND {only}")]
        faults = refused_one_by_one(stage, single)
        if not faults:  # they are refused only together
            raise
        raise RowsRefused(faults) from error
    take_statistics(stage, created)
    if own is not None and stage.is_mapped(own.name):
        touched |= {row[0] for row in link_parents(stage, own) if row[0] <= before}
        refuse_circles(stage, own)
    return Counts(created=created, changed=len(touched), unchanged=stage.rows - created - len(touched))


def take_statistics(stage: Stage, created: int) -> None:
    """Tell the planner of many new rows: later statements join them and would be planned for an empty table."""
    if created > MANY:
        columns = {"id", *(stage.entity.by_name[name].column for name in stage.entity.key)}
        fields = stage.entity.model._meta.concrete_fields
        stored = [entry.column for entry in fields if entry.column in columns or entry.is_relation]
        names = ", ".join(f'"{name}"' for name in stored)
        run(f'ANALYZE "{stage.entity.table}" ({names})')


def stored_fields(entity: Entity) -> list[Field]:
    """Fields that are columns of the entity's own table."""
    columns = {entry.column for entry in entity.model._meta.concrete_fields}
    return [entry for entry in entity.fields if entry.column in columns]


def same_key(entity: Entity) -> str:
    parts = []
    for name in entity.key:
        entry = entity.by_name[name]
        sign = "=" if entry.required else "IS NOT DISTINCT FROM"
        parts.append(f't."{entry.column}" {sign} s."{entry.column}"')
    return " AND ".join(parts)


def _update(stage: Stage, fields: Sequence[Field]) -> str:
    """Set what differs; empty where there is nothing but the key."""
    entity = stage.entity
    changing = [entry for entry in fields if stage.is_mapped(entry.name) and entry.name not in entity.key]
    if not changing:
        return ""
    written = {entry.column: stage.sql_value(entry) for entry in changing} | stage.copied
    settings = ", ".join(f'"{name}" = {expression}' for name, expression in written.items())
    old = ", ".join(f't."{entry.column}"' for entry in changing)
    new = ", ".join(stage.sql_value(entry) for entry in changing)
    return (
        f'UPDATE "{entity.table}" AS t SET {settings} FROM {stage.relation} AS s {stage.joins} '
        f"WHERE {same_key(entity)} AND ({old}) IS DISTINCT FROM ({new})"
    )


def count_known(stage: Stage, same: str) -> int:
    """How many staged rows are there already: where none or all are, half of the work is left out."""
    return int(
        value(
            f'SELECT count(*) FROM {stage.relation} AS s WHERE EXISTS (SELECT FROM "{stage.entity.table}" AS t WHERE {same})'
        )
    )


def _insert(stage: Stage, fields: Sequence[Field], condition: str) -> str:
    """Add the staged rows of which the condition holds, in the order of the source."""
    entity = stage.entity
    given = {entry.column: stage.sql_value(entry) for entry in fields} | dict(entity.fixed) | stage.extra | stage.copied
    values = columns_of(entity.model) | given
    chosen = ", ".join(f'{value} AS "{name}"' for name, value in values.items())
    order = "" if stage.is_sorted else "ORDER BY s._n"
    return insert_into(
        entity.model,
        f"(SELECT {chosen} FROM {stage.relation} AS s {stage.joins} {condition} {order})",
        with_key="id" in given,
    )


def insert_into(model: type[models.Model], source: str, *, with_key: bool = False) -> str:
    """The statement that adds rows of a model from a relation, for the app that owns it.

    `source` is the text of a relation that has every column of the table but its key (or, `with_key`, that too): a
    column that is new in the table is missing, loudly, wherever rows are made.
    """
    columns = [str(entry.column) for entry in stored_columns(model)]
    names = ", ".join(f'"{name}"' for name in (["id", *columns] if with_key else columns))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {names} FROM {source} AS given'


def _new(stage: Stage) -> str:
    """Only the staged rows whose key is not there yet."""
    return missing(stage, same_key(stage.entity))


def missing(stage: Stage, same: str) -> str:
    return f'WHERE NOT EXISTS (SELECT FROM "{stage.entity.table}" AS t WHERE {same})'


def stored_columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a table that a new row is given: all but its key and what the database generates."""
    return [entry for entry in model._meta.concrete_fields if not (entry.primary_key or entry.generated)]


def columns_of(model: type[models.Model]) -> dict[str, str]:
    """The values of a new row by default, in SQL by column: the defaults of the model, else NULL."""
    return {str(entry.column): _default_of(entry) for entry in stored_columns(model)}


def _default_of(source: "models.Field[Any, Any]") -> str:
    kind = source.db_type(connection)
    if getattr(source, "auto_now_add", False) or getattr(source, "auto_now", False):
        return moment_literal()
    default = source.get_default() if source.has_default() and not callable(source.default) else None
    if default is None and source.empty_strings_allowed and source.blank and not source.null:
        default = ""
    if isinstance(default, bool):
        return str(default).lower()
    literal = "NULL" if default is None else "'" + str(default).replace("'", "''") + "'"
    return f"{literal}::{kind}"


def moment_literal() -> str:
    """The present moment by the program's clock, as SQL."""
    return f"'{timezone.now().isoformat()}'::timestamptz"


def link_parents(stage: Stage, own: Field) -> list[tuple[int]]:
    """Set the references of rows to other rows of the same table."""
    entity = stage.entity
    match = entity.by_name[stage.match.get(own.name) or entity.match[0]].column
    refuse(rows(f'SELECT _n FROM {stage.relation} WHERE "{match}" = "{own.column}" ORDER BY 1'), own.name, _circle())
    return rows(
        f'UPDATE "{entity.table}" AS t SET "{own.column}" = p.id '
        f'FROM {stage.relation} AS s LEFT JOIN "{entity.table}" AS p ON p."{match}" = s."{own.column}" '
        f'WHERE {same_key(entity)} AND t."{own.column}" IS DISTINCT FROM p.id RETURNING t.id'
    )


def refuse_circles(stage: Stage, own: Field) -> None:
    """No row may be its own ancestor."""
    entity = stage.entity
    above = dict(rows(f'SELECT id, "{own.column}" FROM "{entity.table}" WHERE "{own.column}" IS NOT NULL'))
    free: set[int] = set()
    circular: set[int] = set()
    for start in above:
        path: list[int] = []
        seen: set[int] = set()
        here: int | None = start
        while here is not None and here not in seen and here not in free and here not in circular:
            seen.add(here)
            path.append(here)
            here = above.get(here)
        (circular if here in seen or here in circular else free).update(path)
    if not circular:
        return
    places = rows(
        f'SELECT s._n FROM {stage.relation} AS s JOIN "{entity.table}" AS t ON {same_key(entity)} '
        "WHERE t.id = ANY(%s) ORDER BY 1",
        [list(circular)],
    )
    refuse(places, own.name, _circle())


def _circle() -> str:
    return _("The parent references form a loop.")


def _highest(stage: Stage) -> int:
    return int(rows(f'SELECT coalesce(max(id), 0) FROM "{stage.entity.table}"')[0][0])
