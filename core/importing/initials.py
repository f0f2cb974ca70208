"""The search key of names, for rows that come many at once."""

from core.importing.staging import Stage, rows, run
from core.pinyin import pinyin_initials

_NAME = "coalesce(nullif(name_zh, ''), name)"


def add_initials(stage: Stage) -> None:
    """Give the staged rows of an entity with both names the column `pinyin`, and their new rows its value."""
    names = [name for (name,) in rows(f"SELECT DISTINCT {_NAME} FROM {stage.relation}")]
    run(f"ALTER TABLE {stage.relation} ADD COLUMN pinyin text NOT NULL DEFAULT ''")
    run(
        f"UPDATE {stage.relation} SET pinyin = known.initials FROM unnest(%s::text[], %s::text[]) AS known (called, initials) "
        f"WHERE {_NAME} = known.called",
        [names, [pinyin_initials(name) for name in names]],
    )
    stage.extra["pinyin"] = "s.pinyin"
