"""Search keys of names, for one and for rows that come many at once."""

from core.importing.staging import Stage, rows, run

MAX_LENGTH = 64


def pinyin_initials(text: str) -> str:
    """The first letters by which Chinese readers search a name: 上海恒通 is `shht`. Latin letters and digits stay."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 57 MB and a fifth of the start of every program; few write names

    parts = lazy_pinyin(text, style=Style.FIRST_LETTER)
    return "".join(letter for letter in "".join(parts).lower() if letter.isalnum())[:MAX_LENGTH]


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
