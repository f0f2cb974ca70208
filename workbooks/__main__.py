"""Read one workbook and write its rows to the standard output, within the limits that were given.

The first argument is JSON; each answer is a marshalled pair of a word and what belongs to it.
"""

import json
import marshal
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from confined.limits import confine
from workbooks.faults import DAMAGED, TOO_MUCH, WorkbookFault
from workbooks.limits import WorkbookLimits
from workbooks.sheet import Row
from workbooks.xlsx import open_workbook, rows_of, sheet_to_read


def main(request: dict[str, Any]) -> None:
    limits = WorkbookLimits(**request["limits"])
    confine(memory_bytes=limits.memory_bytes, seconds=limits.seconds)
    try:
        for rows in _read(Path(request["path"]), request["sheet"], request["decimal_mark"], limits):
            _say("rows", rows)
        _say("end", None)
    except WorkbookFault as fault:
        _say("fault", (fault.message, fault.values, fault.row))
    except MemoryError:
        _say("fault", (TOO_MUCH, {}, 0))


def _read(path: Path, sheet: str, decimal_mark: str, limits: WorkbookLimits) -> Iterator[list[Row]]:
    if _is_xlsx(path):
        book = open_workbook(path, limits)
        chosen = sheet_to_read(book, sheet)
        hidden = [entry.name for entry in book.sheets if entry.hidden]
        _say("sheet", (chosen.name, hidden, [entry.name for entry in book.sheets if not entry.hidden], True))
        yield from rows_of(book, chosen, decimal_mark)
        return
    from workbooks.legacy import open_legacy, rows_of_legacy  # noqa: PLC0415 - most workbooks do without

    found, name, hidden, visible = open_legacy(path, sheet)
    _say("sheet", (name, hidden, visible, False))
    yield from rows_of_legacy(found, limits, decimal_mark)


def _is_xlsx(path: Path) -> bool:
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise WorkbookFault(DAMAGED) from error
    return "mimetype" not in names and not any(name.endswith("workbook.bin") for name in names)


def _say(word: str, what: Any) -> None:
    marshal.dump((word, what), sys.stdout.buffer)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
    sys.stdout.flush()
