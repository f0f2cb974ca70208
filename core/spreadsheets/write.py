"""CSV that no spreadsheet takes for formulas, and the way back."""

import re
from collections.abc import Iterable, Sequence
from typing import IO

from defusedcsv import csv

_DISARMED = re.compile(r"^'[@+\-=|%]")


def write_csv(stream: IO[str], headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table that Excel reads as UTF-8 (by its mark); cells that look like formulas are disarmed."""
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)


def restore_cell(cell: str) -> str:
    """A cell as it was before `write_csv` disarmed it."""
    return cell[1:].replace("\\|", "|") if _DISARMED.match(cell) else cell
