"""The rows of a file in memory, column by column, with where each came from."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from core.sentences import listed
from integration.engine.outcome import REPORT_COLUMNS, WrongRow
from integration.engine.values import Conventions, as_text, from_toml
from integration.errors import ProfileError
from spreadsheets import Chunk, ReadOptions, open_table, restore_cell
from spreadsheets.cells import plain

INLINE = "(profile)"
Corrections = Mapping[tuple[str, int], Mapping[str, str] | None]
"""Rows as somebody corrected them, by file and number; None for one that was left out."""


@dataclass(kw_only=True)
class Frame:
    """Cells by column. Those at index i came from row `numbers[i]` of the file that `files` names from that index on.

    Kept by column, as everything that follows wants them; a list a row would cost as much as reading the file. `used`
    are the rows that something was made of, None where it was made of all.
    """

    headers: tuple[str, ...]
    conventions: Conventions
    columns: dict[str, list[str]] = field(init=False)
    numbers: list[int] = field(default_factory=list)
    files: list[tuple[int, str]] = field(default_factory=list)
    used: set[int] | None = field(default_factory=set)

    def __post_init__(self) -> None:
        self.columns = {name: [] for name in self.headers}

    def __len__(self) -> int:
        return len(self.numbers)

    def add(self, chunk: Chunk) -> None:
        """Append rows that are as wide as the head."""
        self.numbers.extend(chunk.numbers)
        if chunk.records:
            for column, cells in zip(self.columns.values(), zip(*chunk.records, strict=True), strict=True):
                column.extend(cells)

    def note_use(self, rows: Sequence[int]) -> None:
        """Something was made of these rows."""
        if self.used is not None:
            self.used = None if len(rows) == len(self) else self.used.union(rows)

    def used_of(self) -> dict[str, int]:
        """How many rows of each file something was made of."""
        ends = [*(start for start, _name in self.files[1:]), len(self)]
        used = range(len(self)) if self.used is None else sorted(self.used)
        return {
            name: bisect_left(used, end) - bisect_left(used, start)
            for (start, name), end in zip(self.files, ends, strict=True)
        }

    def file_of(self, index: int) -> str:
        return next((name for start, name in reversed(self.files) if start <= index), "")

    def wrong(self, index: int, column: str, reason: str) -> WrongRow:
        return WrongRow(
            file=self.file_of(index),
            row=self.numbers[index],
            column=column,
            reason=reason,
            cells={name: plain(cells[index]) for name, cells in self.columns.items()},
        )


def inline_frame(rows: Sequence[Mapping[str, object]]) -> Frame:
    """Rows written in the profile itself."""
    headers = tuple(dict.fromkeys(key for row in rows for key in row))
    frame = Frame(headers=headers, conventions=Conventions(), files=[(0, INLINE)])
    records = [[as_text(from_toml(row.get(name))) for name in headers] for row in rows]
    frame.add(Chunk(range(1, len(records) + 1), records))
    return frame


def load_corrections(path: Path) -> dict[tuple[str, int], dict[str, str]]:
    """Rows of a report of wrong rows that somebody corrected, by file and row. Raises UnreadableFile, ProfileError."""
    table = open_table(path, ReadOptions())
    if tuple(table.headers[: len(REPORT_COLUMNS)]) != REPORT_COLUMNS:
        raise ProfileError(
            _("Corrected rows must start with the columns: %(names)s.") % {"names": listed(REPORT_COLUMNS)}
        )
    names = [_without_number(name) for name in table.headers[len(REPORT_COLUMNS) :]]
    result = {}
    for number, cells in table.rows:
        file, row = restore_cell(cells[0]), cells[1]
        if not row:
            continue
        if not row.isdigit():
            raise ProfileError(_("Row %(row)s of the corrected rows has no row number.") % {"row": number})
        result[file, int(row)] = dict(zip(names, map(restore_cell, cells[len(REPORT_COLUMNS) :]), strict=True))
    return result


def _without_number(name: str) -> str:
    base = name.removesuffix(" (2)")
    return base if base in REPORT_COLUMNS else name
