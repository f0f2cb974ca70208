"""The rows of a file in memory, column by column, with where each came from."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import itemgetter
from pathlib import Path

from django.utils.translation import gettext as _

from core.spreadsheets import Chunk, ReadOptions, Source, Table, UnreadableFile, open_table, restore_cell
from core.spreadsheets.cells import plain
from integration.engine.expressions import Formula, build
from integration.engine.expressions.operators import truth
from integration.engine.outcome import REPORT_COLUMNS, FileRead, Outcome, WrongRow
from integration.engine.profile import FileSpec
from integration.engine.tidying import tidying
from integration.engine.values import Conventions, as_text, from_toml
from integration.errors import ProfileError, ValueFault

INLINE = "(profile)"
Corrections = Mapping[tuple[str, int], Mapping[str, str]]


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


def load_frame(spec: FileSpec, folder: Path, outcome: Outcome, corrected: Corrections) -> Frame | None:
    """Read every file of a spec. What cannot be read is reported; None where nothing could be."""
    paths = _paths_of(spec, folder)
    if not paths and not spec.optional:
        reason = _("There is no file “%(path)s” in the folder.") % {"path": spec.path}
        outcome.report(WrongRow(file=spec.path, row=0, column="", reason=reason))
        return None
    frame: Frame | None = None
    for path in paths:
        name = _name_of(path.relative_to(folder.resolve()).as_posix(), spec)
        try:
            table = open_table(path, spec.options)
            frame = frame or Frame(headers=table.headers, conventions=spec.conventions)
            _append(frame, table, name, spec, outcome, corrected)
            _refuse_nothing(outcome.files[-1], table.source, outcome)
        except UnreadableFile as error:
            outcome.report(WrongRow(file=name, row=error.row, column="", reason=str(error)))
            return None
    return frame or Frame(headers=(), conventions=spec.conventions)


def _refuse_nothing(file: FileRead, source: Source, outcome: Outcome) -> None:
    """A file without a row is a fault: it is the wrong one, or it was cut off."""
    if not source.shows_formats:
        outcome.notes.append(
            _(
                "%(file)s: in this format, leading zeros that only a number format shows and errors in cells are not "
                "seen. Save it as XLSX where codes have them."
            )
            % {"file": file.name}
        )
    if not file.rows:
        outcome.report(WrongRow(file=file.name, row=0, column="", reason=_("There is no row in this file.")))


def _name_of(path: str, spec: FileSpec) -> str:
    """What a file is called in reports: the sheets of a workbook all have a row 2."""
    return f"{path} [{spec.options.sheet}]" if spec.options.sheet else path


def inline_frame(rows: Sequence[Mapping[str, object]]) -> Frame:
    """Rows that stand in the profile itself."""
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
            _("The first columns of corrected rows are: %(names)s.") % {"names": ", ".join(REPORT_COLUMNS)}
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


def _paths_of(spec: FileSpec, folder: Path) -> list[Path]:
    """The files in the folder, never outside of it."""
    root = folder.resolve()
    if Path(spec.path).is_absolute() or ".." in Path(spec.path).parts:
        raise ProfileError(_("%(path)s is not inside the folder.") % {"path": spec.path}, field=f"files.{spec.name}")
    exact = root / spec.path
    found = [exact] if exact.is_file() else sorted(root.glob(spec.path))
    return [path for path in found if path.is_file() and path.resolve().is_relative_to(root)]


def _append(frame: Frame, table: Table, name: str, spec: FileSpec, outcome: Outcome, corrected: Corrections) -> None:
    order = _order_of(frame.headers, table.headers, name)
    frame.files.append((len(frame), name))
    source = table.source
    read = FileRead(name=name, sheet=source.sheet, hidden=list(source.hidden))
    outcome.files.append(read)
    repaired = {row: cells for (file, row), cells in corrected.items() if file == name}
    tidy = tidying(spec, frame.headers)
    keep = _filter(spec, frame)
    for found in table.chunks:
        chunk = found
        read.rows += len(found.numbers)
        if order is not None:
            chunk = Chunk(chunk.numbers, [[cells[place] for place in order] for cells in chunk.records])
        if repaired:
            records = zip(chunk.numbers, chunk.records, strict=True)
            corrected_records = [_correct(frame.headers, cells, repaired.get(number)) for number, cells in records]
            chunk = Chunk(chunk.numbers, corrected_records)
        if tidy is not None:
            tidy.apply(chunk.records)
        frame.add(chunk if keep is None else keep.passing(chunk, name, outcome))
    read.rows += len(table.faults)
    for fault in table.faults:
        _take_fault(frame, name, fault.row, fault.cells, fault.reason, outcome, repaired)


def _take_fault(
    frame: Frame,
    name: str,
    row: int,
    cells: Sequence[str],
    reason: str,
    outcome: Outcome,
    repaired: Mapping[int, Mapping[str, str]],
) -> None:
    """A row that does not fit its head is wrong, unless it was corrected."""
    if row in repaired:
        frame.add(Chunk([row], [_correct(frame.headers, cells, repaired[row])]))
    else:
        known = dict(zip(frame.headers, map(plain, cells), strict=False))
        outcome.report(WrongRow(file=name, row=row, column="", reason=reason, cells=known))


def _order_of(headers: Sequence[str], found: Sequence[str], name: str) -> list[int] | None:
    """How to bring the columns of a further file into the order of the first; None where they agree."""
    if tuple(headers) == tuple(found):
        return None
    missing = [header for header in headers if header not in found]
    if missing:
        raise UnreadableFile(
            _("%(name)s lacks columns that the first file has: %(missing)s.")
            % {"name": name, "missing": ", ".join(missing)}
        )
    return [list(found).index(header) for header in headers]


def _correct(headers: Sequence[str], cells: Sequence[str], repair: Mapping[str, str] | None) -> list[str]:
    if repair is None:
        return list(cells)
    return [repair.get(name, cell) for name, cell in zip(headers, [*cells, *[""] * len(headers)], strict=False)]


class _Filter:
    """The `where` of a file, applied while it is read."""

    def __init__(self, spec: FileSpec, frame: Frame) -> None:
        self.headers = frame.headers
        self.verdicts = _Verdicts(build(spec.where, columns=frame.headers, conventions=spec.conventions))
        self.columns = [itemgetter(frame.headers.index(name)) for name in self.verdicts.formula.columns]

    def passing(self, chunk: Chunk, name: str, outcome: Outcome) -> Chunk:
        asked: Sequence[tuple[str, ...]] = [()] * len(chunk.records)
        if self.columns:
            asked = list(zip(*(map(column, chunk.records) for column in self.columns), strict=True))
        verdicts = list(map(self.verdicts.__getitem__, asked))
        if not self.verdicts.faults.keys().isdisjoint(asked):
            self._report(chunk, asked, name, outcome)
        return Chunk(list(compress(chunk.numbers, verdicts)), list(compress(chunk.records, verdicts)))

    def _report(self, chunk: Chunk, asked: Sequence[tuple[str, ...]], name: str, outcome: Outcome) -> None:
        columns = ", ".join(self.verdicts.formula.columns)
        for number, cells, key in zip(chunk.numbers, chunk.records, asked, strict=True):
            if key in self.verdicts.faults:
                known = dict(zip(self.headers, map(plain, cells), strict=True))
                reason = self.verdicts.faults[key]
                outcome.report(WrongRow(file=name, row=number, column=columns, reason=reason, cells=known))


class _Verdicts(dict[tuple[str, ...], bool]):
    """Whether rows with these cells pass; each combination is computed once. Of `faults` it cannot be said."""

    def __init__(self, formula: Formula) -> None:
        super().__init__()
        self.formula = formula
        self.faults: dict[tuple[str, ...], str] = {}

    def __missing__(self, cells: tuple[str, ...]) -> bool:
        try:
            verdict = truth(self.formula.run(tuple(map(plain, cells))))
        except ValueFault as error:
            self.faults[cells] = str(error)
            verdict = False
        self[cells] = verdict
        return verdict


def _filter(spec: FileSpec, frame: Frame) -> _Filter | None:
    if not spec.where:
        return None
    try:
        return _Filter(spec, frame)
    except ProfileError as error:
        raise ProfileError(f"files.{spec.name}.where: {error}", field=f"files.{spec.name}.where") from error
