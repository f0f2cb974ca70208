"""What an import did, and every row that was wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO

from core.importing import Counts
from core.importing.refusals import shorten
from spreadsheets import write_csv

MAX_KEPT = 20_000
REPORT_COLUMNS = ("file", "row", "column", "reason")


@dataclass(frozen=True, kw_only=True)
class WrongRow:
    """A rejected row. Row 0 means the file as a whole."""

    file: str
    row: int
    column: str
    reason: str
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The first rows of one entity as they were understood; None where a cell was not.

    `columns` are the columns of the file from which the fields come; empty where the profile says the value.
    """

    entity: str
    file: str
    fields: list[str]
    columns: list[str]
    rows: list[list[str | None]]


@dataclass(kw_only=True)
class FileRead:
    """How many rows a file has, and of how many something was made. `sheet` and `hidden` ones are those of a workbook."""

    name: str
    sheet: str = ""
    hidden: list[str] = field(default_factory=list)
    rows: int = 0
    used: int = 0
    wrong: int = 0

    @property
    def taken(self) -> int:
        return max(self.used - self.wrong, 0)

    @property
    def left_out(self) -> int:
        """Rows that the profile leaves out."""
        return max(self.rows - self.used - self.wrong, 0) if self.used < self.rows else 0


@dataclass(kw_only=True)
class Outcome:
    """`waiting` counts rows that could not be checked because what they refer to is wrong itself.

    `untried` counts rows that were not written because the search for wrong ones ended before them.
    """

    counts: dict[str, Counts] = field(default_factory=dict)
    wrong: list[WrongRow] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    wrong_places: set[tuple[str, int]] = field(default_factory=set)
    waiting: int = 0
    untried: int = 0
    notes: list[str] = field(default_factory=list)
    written: bool = False
    seconds: float = 0

    @property
    def is_clean(self) -> bool:
        return not self.wrong_places and not self.untried

    @property
    def wrong_count(self) -> int:
        """How many rows are wrong, however much is wrong with each of them."""
        return len(self.wrong_places)

    @property
    def changes(self) -> int:
        return sum(count.created + count.changed for count in self.counts.values())

    def report(self, row: WrongRow) -> None:
        self.wrong_places.add((row.file, row.row))
        if len(self.wrong_places) <= MAX_KEPT:
            self.wrong.append(row)

    def count(self, entity: str, counts: Counts) -> None:
        self.counts.setdefault(entity, Counts()).add(counts)

    def as_json(self) -> dict[str, object]:
        return {
            "written": self.written,
            "wrong": self.wrong_count,
            "waiting": self.waiting,
            "notes": self.notes,
            "files": [vars(file) for file in self.files],
            "seconds": round(self.seconds, 2),
            "counts": {name: vars(count) for name, count in self.counts.items()},
        }


def write_wrong_rows(stream: IO[str], wrong: Iterable[WrongRow]) -> None:
    """One line a wrong row: where, why, and its cells, to be corrected in place and read again."""
    merged = merge_rows(wrong)
    names = list(dict.fromkeys(name for entry in merged for name in entry.cells))
    rows = (
        [entry.file, entry.row or "", entry.column, entry.reason, *(entry.cells.get(name, "") for name in names)]
        for entry in merged
    )
    write_csv(stream, [*REPORT_COLUMNS, *names], rows)


def merge_rows(wrong: Iterable[WrongRow]) -> list[WrongRow]:
    """All that is wrong with one row of a file, in one entry."""
    merged: dict[tuple[str, int], WrongRow] = {}
    for entry in wrong:
        known = merged.get((entry.file, entry.row))
        if known is None:
            merged[entry.file, entry.row] = entry
        elif entry.reason not in known.reason or entry.column not in known.column:
            merged[entry.file, entry.row] = WrongRow(
                file=entry.file,
                row=entry.row,
                column=_both(known.column, entry.column),
                reason=_both(known.reason, entry.reason),
                cells=known.cells,
            )
    return sorted(merged.values(), key=lambda entry: (entry.file, entry.row))


def _both(left: str, right: str) -> str:
    parts = [part for part in (left, right) if part]
    return " / ".join(dict.fromkeys(parts)) if len(left) < MAX_KEPT else shorten(left, MAX_KEPT)
