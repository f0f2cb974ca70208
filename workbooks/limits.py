"""What may be read of one workbook. Counted is what is expensive: seconds, memory, objects."""

from dataclasses import dataclass

MOST_FORMATS = 65_536
"""Cell formats of a workbook; no spreadsheet program makes more."""
MOST_ROWS = 1_048_576
MOST_PARTS = 10_000
DEEPEST = 64
MOST_PART_BYTES = 20_000_000
"""Of the parts that only describe: the workbook, its relations, its styles."""


MOST_PART_ELEMENTS = 500_000


@dataclass(frozen=True, kw_only=True)
class WorkbookLimits:
    content_bytes: int
    rows: int
    columns: int
    cell_characters: int
    strings: int
    memory_bytes: int
    seconds: int
