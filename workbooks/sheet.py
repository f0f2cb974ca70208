"""The rows of one sheet, read as a stream: what the sheet says of its extent is not believed."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.parsers import expat

from workbooks.faults import DAMAGED, DAMAGED_HERE, LONG_CELL, TOO_MANY_COLUMNS, TOO_MANY_ROWS, WorkbookFault
from workbooks.formats import PLAIN, Format, number_text
from workbooks.limits import MOST_ROWS, WorkbookLimits
from workbooks.marks import ERROR, NO_VALUE
from workbooks.package import walk_xml

Row = tuple[int, list[str]]
MANY = 1_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789$"
_LETTERS = 26


def unescaped(text: str) -> str:
    """A text with what XML cannot hold, which workbooks write as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class SheetReader:
    """Handlers of the elements of a sheet. `rows` is given its bytes."""

    def __init__(
        self,
        strings: Sequence[str],
        formats: Sequence[Format],
        limits: WorkbookLimits,
        decimal_mark: str,
        epoch: dt.datetime,
    ) -> None:
        self.strings, self.formats, self.limits = strings, formats, limits
        self.decimal_mark, self.epoch = decimal_mark, epoch
        self.columns: dict[str, int] = {}
        self.done: list[Row] = []
        self.number = 0
        self.seen = 0
        self.cells: list[str] = []
        self.column = 0
        self.kind = "n"
        self.style = ""
        self.has_formula = False
        self.parts: list[str] = []
        self.is_text = False
        self.pronounced = 0

    def rows(self, chunks: Iterator[bytes]) -> Iterator[list[Row]]:
        try:
            for _pause in walk_xml(chunks, self._start, self._end, self._text):
                if len(self.done) >= MANY:
                    yield self.done
                    self.done = []
        except WorkbookFault as fault:
            if fault.message == DAMAGED:  # what was read so far is no help where something is missing
                raise WorkbookFault(DAMAGED_HERE, row=self.number + 1) from fault
            raise
        except (expat.ExpatError, ValueError, IndexError, OverflowError) as error:
            raise WorkbookFault(DAMAGED_HERE, row=self.number) from error
        yield self.done

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            place = attributes.get("r")
            self.column = self._column_of(place) if place else self.column + 1
            self.kind = attributes.get("t", "n")
            self.style = attributes.get("s", "")
            self.has_formula = False
            self.parts.clear()
        elif tag in {"v", "t"}:
            self.is_text = not self.pronounced
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self._start_row(attributes.get("r"))
        elif tag == "rPh":
            self.pronounced += 1

    def _start_row(self, number: str | None) -> None:
        self.number = int(number) if number else self.number + 1
        self.seen += 1
        if self.seen > min(self.limits.rows, MOST_ROWS):
            raise WorkbookFault(TOO_MANY_ROWS, {"limit": min(self.limits.rows, MOST_ROWS)})
        self.cells, self.column = [], 0

    def _end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self.is_text = False
        elif tag == "c":
            text = self._cell()
            if text:
                self._put(text)
        elif tag == "row":
            if self.cells:
                self.done.append((self.number, self.cells))
        elif tag == "rPh":
            self.pronounced -= 1

    def _text(self, data: str) -> None:
        if self.is_text:
            self.parts.append(data)

    def _put(self, text: str) -> None:
        if len(text) > self.limits.cell_characters:
            raise WorkbookFault(LONG_CELL, {"limit": self.limits.cell_characters}, row=self.number)
        if self.column > self.limits.columns:
            raise WorkbookFault(TOO_MANY_COLUMNS, {"limit": self.limits.columns}, row=self.number)
        missing = self.column - len(self.cells) - 1
        if missing > 0:
            self.cells.extend([""] * missing)
        if missing >= 0:
            self.cells.append(text)
        else:  # cells that do not stand in their order
            self.cells[self.column - 1] = text

    def _cell(self) -> str:
        text = "".join(self.parts)
        if self.kind == "s":
            return self.strings[int(text)] if text else ""
        if self.kind in {"inlineStr", "str"}:
            return unescaped(text)
        text = text.strip()
        if not text:
            return NO_VALUE if self.has_formula else ""
        return self._value(text)

    def _value(self, text: str) -> str:
        if self.kind == "e":
            return ERROR + text
        if self.kind == "b":
            return "1" if text in {"1", "true"} else "0"
        if self.kind == "d":
            moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
            return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(sep=" ")
        return number_text(text, self._format(), self.decimal_mark, self.epoch)

    def _format(self) -> Format:
        place = int(self.style) if self.style else -1
        return self.formats[place] if 0 <= place < len(self.formats) else PLAIN

    def _column_of(self, place: str) -> int:
        letters = place.rstrip(_DIGITS).lstrip("$")
        known = self.columns.get(letters)
        if known is None:
            known = 0
            for letter in letters:
                known = known * _LETTERS + ord(letter) - ord("A") + 1
            if not letters.isascii() or not letters.isupper() or len(letters) > 3:  # noqa: PLR2004 - XFD is the last
                raise ValueError(place)
            self.columns[letters] = known
        return known
