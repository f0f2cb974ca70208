"""COPY of checked records into the staging relation, from which the services of the apps write."""

import io
from collections.abc import Mapping

from django.db import connection

from core.importing import Entity, Stage
from core.importing.given import open_relation
from core.importing.staging import RELATION, ROW
from integration.engine.convert import NULL, unescape
from integration.engine.mapping import Mapped

_CHUNK = 50_000


def fill_stage(mapped: Mapped, defaults: Mapping[str, str], *, zone: str, digits: int) -> Stage:
    """Make the staging table and COPY every record into it. Fields that are not mapped hold their default."""
    entity = mapped.entity
    texts = {name: None if wire == NULL else unescape(wire) for name, wire in defaults.items()}
    open_relation(entity, texts, relation=RELATION, extra={})
    present = [entry for entry in entity.fields if entry.name in mapped.columns]
    wires = [list(map(str, range(len(mapped)))), *(mapped.columns[entry.name] for entry in present)]
    names = ", ".join([ROW, *(f'"{entry.column}"' for entry in present)])
    with connection.cursor() as cursor:
        for start in range(0, len(mapped), _CHUNK):
            parts = zip(*(column[start : start + _CHUNK] for column in wires), strict=True)
            text = "\n".join(map("\t".join, parts))
            cursor.copy_expert(f"COPY {RELATION} ({names}) FROM STDIN", io.StringIO(text + "\n"))
        cursor.execute(f"ANALYZE {RELATION} ({', '.join(_planned_by(entity))})")
    return Stage(
        entity=entity,
        mapped=tuple(entry.name for entry in present),
        rows=len(mapped),
        zone=zone,
        digits=digits,
        labels=mapped.labels,
        match=mapped.match,
        is_numbered=mapped.is_numbered,
    )


def _planned_by(entity: Entity) -> list[str]:
    """The columns over which the stage is joined: only these need statistics."""
    return [ROW, *(f'"{entity.by_name[name].column}"' for name in entity.key)]
