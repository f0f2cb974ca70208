"""Where the head of a file stands, and which of its columns is which."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from company.written_numbers import OF_UNITS
from integration.starter.kinds import KINDS, Kind
from spreadsheets import Limits, ReadOptions, UnreadableFile, open_rows
from spreadsheets.cells import plain
from spreadsheets.table import distinct_names
from spreadsheets.upload import MEMORY

_LOOKED_AT = 20
_SAMPLE = 300
_FEW_KINDS = 2
_MOST_SHEETS = 3
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
_UNIT = re.compile(r"[(（\[]\s*(?:单位[:：])?\s*([^)）\]]+?)\s*[)）\]]")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{4}")
_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A file as it was looked at: its columns, where the head stands, and the first rows below it.

    `is_first` is false where another sheet than the first visible one was taken, since it says more.
    """

    header_row: int
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    sheet: str = ""
    is_first: bool = True

    def values(self, column: str) -> list[str]:
        place = self.columns.index(column)
        return [row[place] for row in self.rows if place < len(row)]


def look_at(path: Path) -> Looked:
    """Read the beginning of a file, and find its head. Raises UnreadableFile.

    Of a workbook that is the first visible sheet, unless a later one has more of the columns that some kind needs: the
    lines of documents stand behind their heads.
    """
    looked, others = _look_at_sheet(path, "")
    for name in others[:_MOST_SHEETS]:
        with suppress(UnreadableFile):
            other, _names = _look_at_sheet(path, name)
            if _says_more(other, looked):
                looked = replace(other, is_first=False)
    return looked


def _says_more(other: Looked, looked: Looked) -> bool:
    (share, count), (known_share, known_count) = (
        max(marks_of(kind, one.columns) for kind in KINDS.values()) for one in (other, looked)
    )
    return share > known_share or (share == known_share and count >= 2 * known_count)


def _look_at_sheet(path: Path, sheet: str) -> tuple[Looked, Sequence[str]]:
    """The sheet of that name, or the first visible one, and the names of the other visible ones."""
    limits = Limits(memory_bytes=MEMORY * 2, seconds=20, is_shared=True)
    source, chunks = open_rows(path, ReadOptions(limits=limits, sheet=sheet))
    filled = (
        (number, [" ".join(plain(cell).split()) for cell in cells])
        for chunk in chunks
        for number, cells in zip(chunk.numbers, chunk.records, strict=True)
        if any(map(str.strip, cells))
    )
    rows = list(islice(filled, _SAMPLE))
    place = _head_of(rows)
    number, head = rows[place] if rows else (1, [])
    looked = Looked(
        header_row=number, columns=distinct_names(head), rows=[c for _n, c in rows[place + 1 :]], sheet=source.sheet
    )
    return looked, [name for name in source.visible if name != source.sheet]


def _head_of(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The row with the most heads that are known; where there are none, the first of the widest."""
    known = {normal(head) for kind in KINDS.values() for column in kind.columns for head in column.heads()}
    marks = [
        (sum(normal(cell) in known for cell in cells if cell), len([cell for cell in cells if cell]))
        for _number, cells in rows[:_LOOKED_AT]
    ]
    return max(range(len(marks)), key=lambda place: (marks[place], -place), default=0)


def recognised(kind: Kind, columns: Sequence[str]) -> dict[str, str]:
    """The column of the file for each column of the template, by their heads. No column is taken twice."""
    found: dict[str, str] = {}
    free = {name: normal(name) for name in columns}
    for nth in range(max(len(column.heads()) for column in kind.columns)):
        for column in kind.columns:
            heads = column.heads()
            if column.key in found or nth >= len(heads):
                continue
            match = next((name for name, plain_name in free.items() if plain_name == normal(heads[nth])), None)
            if match is not None:
                found[column.key] = match
                del free[match]
    return found


def guess_kind(columns: Sequence[str]) -> str:
    """The kind of which the file has the most columns that are needed, then the most that few kinds have, then at all.

    A code and a product are in the files of many kinds, what is on hand in those of one.
    """
    kinds_of = Counter(
        head for kind in KINDS.values() for head in {normal(head) for column in kind.columns for head in column.heads()}
    )

    def marks(kind: Kind) -> tuple[float, int, int]:
        share, count = marks_of(kind, columns)
        rare = sum(kinds_of[normal(head)] <= _FEW_KINDS for head in recognised(kind, columns).values())
        return share, rare, count

    return max(KINDS.values(), key=marks).name


def marks_of(kind: Kind, columns: Sequence[str]) -> tuple[float, int]:
    """The share of the columns that the kind needs, and how many of its columns there are at all."""
    found = recognised(kind, columns)
    needed = [column for column in kind.columns if column.needed]
    return sum(column.key in found for column in needed) / len(needed), len(found)


def unit_of(head: str) -> str:
    """The unit that a head names: 金额(万元)."""
    found = _UNIT.search(head)
    return found[1] if found and found[1] in OF_UNITS and found[1] != "元" else ""


def is_month_first(values: Sequence[str]) -> bool:
    """Whether days like 12/31/2026 stand there, which can be read in one way only."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _DAY_FIRST.match(value))]
    return any(second > _MONTHS for _first, second in pairs)


def normal(head: str) -> str:
    """A head for comparing: without width, case, spaces, signs, and what stands in brackets."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", head)) or head
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
