"""New rows in, rows that differ changed, the rest left alone."""

from collections.abc import Sequence

from django.db import models, transaction
from django.utils.translation import gettext as _

from distribution.imports.entities import Entity, Field
from distribution.imports.errors import RowsRefused
from distribution.imports.outcome import Counts
from distribution.imports.stage import NAME, Stage, refuse, rows, run, value
from distribution.imports.writers.one_by_one import PLACE, refused_one_by_one
from distribution.imports.writers.refusals import REFUSALS

# Every name in these statements comes from the registry of entities and from the models, never from a file.


def upsert(stage: Stage) -> Counts:
    """Write a staged entity into its table by its key. A field counts as mapped where `expressions` say what it is."""
    own = stage.entity.own_reference
    fields = [entry for entry in stored_fields(stage.entity) if entry is not own]
    known = count_known(stage.entity.table, same_key(stage.entity))
    update, insert = _update(stage, fields), _insert(stage, fields)
    before = 0 if own is None else _highest(stage)
    try:
        with transaction.atomic():
            touched = {row[0] for row in rows(f"{update} RETURNING t.id")} if known and update else set()
            created = run(f"{insert} {_new(stage) if known else ''} ORDER BY s._n") if known < stage.rows else 0
    except REFUSALS as error:
        only = f"s._n = {PLACE}"
        single = [f"{update} AND {only}"] * bool(update) + [f"{insert} {_new(stage)} AND {only}"]
        faults = refused_one_by_one(stage, single)
        if not faults:  # they are refused only together
            raise
        raise RowsRefused(faults) from error
    if own is not None and stage.is_mapped(own.name):
        touched |= {row[0] for row in link_parents(stage, own) if row[0] <= before}
        refuse_circles(stage, own)
    return Counts(created=created, changed=len(touched), unchanged=stage.rows - created - len(touched))


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
    settings = ", ".join(f'"{entry.column}" = {stage.sql_value(entry)}' for entry in changing)
    old = ", ".join(f't."{entry.column}"' for entry in changing)
    new = ", ".join(stage.sql_value(entry) for entry in changing)
    return (
        f'UPDATE "{entity.table}" AS t SET {settings} FROM {NAME} AS s '
        f"WHERE {same_key(entity)} AND ({old}) IS DISTINCT FROM ({new})"
    )


def count_known(table: str, same: str) -> int:
    """How many staged rows are there already: where none or all are, half of the work is left out."""
    return int(value(f'SELECT count(*) FROM {NAME} AS s WHERE EXISTS (SELECT FROM "{table}" AS t WHERE {same})'))


def _insert(stage: Stage, fields: Sequence[Field]) -> str:
    entity = stage.entity
    values = {entry.column: stage.sql_value(entry) for entry in fields} | dict(entity.fixed) | stage.extra
    values = defaults_of(entity.model) | values
    names = ", ".join(f'"{name}"' for name in values)
    return f'INSERT INTO "{entity.table}" ({names}) SELECT {", ".join(values.values())} FROM {NAME} AS s'


def _new(stage: Stage) -> str:
    """Only the staged rows whose key is not there yet."""
    return missing(stage.entity.table, same_key(stage.entity))


def missing(table: str, same: str) -> str:
    return f'WHERE NOT EXISTS (SELECT FROM "{table}" AS t WHERE {same})'


def defaults_of(model: type[models.Model]) -> dict[str, str]:
    """SQL literals for the columns of a new row: what the model's own defaults say."""
    result = {}
    for source in model._meta.concrete_fields:
        if source.primary_key or source.generated:
            continue
        column = str(source.column)
        if getattr(source, "auto_now_add", False) or getattr(source, "auto_now", False):
            result[column] = "now()"
        elif source.has_default():
            default = source.get_default()
            if isinstance(default, bool):
                result[column] = str(default).lower()
            elif default is not None and not callable(default):
                result[column] = "'" + str(default).replace("'", "''") + "'"
        elif source.empty_strings_allowed and source.blank and not source.null:
            result[column] = "''"
    return result


def link_parents(stage: Stage, own: Field) -> list[tuple[int]]:
    """Set the references of rows to other rows of the same table."""
    entity = stage.entity
    match = entity.by_name[stage.source.match.get(own.name) or entity.match[0]].column
    refuse(rows(f'SELECT _n FROM {NAME} WHERE "{match}" = "{own.column}" ORDER BY 1'), own.name, _circle())
    return rows(
        f'UPDATE "{entity.table}" AS t SET "{own.column}" = p.id '
        f'FROM {NAME} AS s LEFT JOIN "{entity.table}" AS p ON p."{match}" = s."{own.column}" '
        f'WHERE {same_key(entity)} AND t."{own.column}" IS DISTINCT FROM p.id RETURNING t.id'
    )


def refuse_circles(stage: Stage, own: Field) -> None:
    """No row may stand above itself, however long the way round."""
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
        f'SELECT s._n FROM {NAME} AS s JOIN "{entity.table}" AS t ON {same_key(entity)} '
        "WHERE t.id = ANY(%s) ORDER BY 1",
        [list(circular)],
    )
    refuse(places, own.name, _circle())


def _circle() -> str:
    return _("It stands above itself: the references run in a circle.")


def _highest(stage: Stage) -> int:
    return int(rows(f'SELECT coalesce(max(id), 0) FROM "{stage.entity.table}"')[0][0])
