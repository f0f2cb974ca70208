"""A code in a file is the stored one, however it is spelled there."""

from django.utils.translation import gettext as _

from core.codes import normal, same_code
from core.importing.fields import Field
from core.importing.staging import Stage, refuse, rows, run


def keep_spellings(stage: Stage) -> None:
    """Put the stored spelling of each code in the place of the source's: all statements after it compare codes as they are.

    Raises RowsRefused for rows that are one by their key, in two spellings.
    """
    entity = stage.entity
    key = [entity.by_name[name] for name in entity.key]
    for code in (entry for entry in key if entry.is_code):
        refuse_doubles(stage, code.name, *(entry.column for entry in key if entry is not code))
        _rewrite(stage, code.column, code.column, f'"{entity.table}"', " AND ".join(map(_same, key)))
    own = entity.self_reference
    match = entity.by_name[stage.match.get(own.name) or entity.match[0]] if own else None
    if own and match and match.is_code and stage.is_mapped(own.name):
        same = same_code(f't."{match.column}"', f's."{own.column}"')
        _rewrite(stage, own.column, match.column, f'"{entity.table}"', same)
        _rewrite(stage, own.column, match.column, stage.relation, same)


def refuse_doubles(stage: Stage, code: str, *within: str) -> None:
    """Raise RowsRefused for all but the first of the rows whose code differs in its spelling only. `within` are columns."""
    same = ", ".join((normal(f'"{stage.entity.by_name[code].column}"'), *within))
    found = rows(
        f"SELECT _n FROM (SELECT _n, row_number() OVER (PARTITION BY {same} ORDER BY _n) AS time "
        f"FROM {stage.relation}) AS counted WHERE time > 1 ORDER BY _n"
    )
    refuse(found, code, _("This code is already in the file, written differently."))


def _rewrite(stage: Stage, column: str, stored: str, source: str, same: str) -> None:
    """Nearly all are written as they are stored: those are left out first, which is ten times as fast."""
    run(
        f'UPDATE {stage.relation} AS s SET "{column}" = t."{stored}" FROM {source} AS t '
        f'WHERE {same} AND t."{stored}" <> s."{column}" '
        f'AND NOT EXISTS (SELECT FROM {source} AS x WHERE x."{stored}" = s."{column}")'
    )


def _same(entry: Field) -> str:
    one, other = f't."{entry.column}"', f's."{entry.column}"'
    if entry.is_code:
        return same_code(one, other)
    return f"{one} = {other}" if entry.required else f"{one} IS NOT DISTINCT FROM {other}"
