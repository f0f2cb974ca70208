"""Files become frames: rows in one order of columns, corrected, tidied and filtered, and counted."""

from collections.abc import Mapping, Sequence
from itertools import compress
from operator import itemgetter
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.importing.refusals import ValueFault
from core.sentences import listed
from integration.engine.expressions import Formula, build
from integration.engine.expressions.operators import truth
from integration.engine.frames import Corrections, Frame
from integration.engine.outcome import FileRead, Outcome, WrongRow
from integration.engine.profile import FileSpec
from integration.engine.tidying import tidying
from integration.errors import ProfileError
from spreadsheets import Chunk, RowFault, Source, Table, UnreadableFile, open_table
from spreadsheets.cells import plain


def load_frame(spec: FileSpec, folder: Path, outcome: Outcome, corrected: Corrections) -> Frame | None:
    """Read every file of a spec. What cannot be read is reported; None where nothing could be."""
    paths = _paths_of(spec, folder)
    if not paths and not spec.optional:
        reason = _("The folder has no file “%(path)s”.") % {"path": spec.path}
        outcome.report(WrongRow(file=spec.path, row=0, column="", reason=reason))
        return None
    loading: _Loading | None = None
    for path in paths:
        name = _name_of(path.relative_to(folder.resolve()).as_posix(), spec)
        try:
            table = open_table(path, spec.options)
            loading = loading or _Loading(spec, table.headers, outcome, corrected, several=len(paths) > 1)
            loading.append(table, name)
            _refuse_nothing(outcome.files[-1], table.source, outcome)
        except UnreadableFile as error:
            outcome.report(WrongRow(file=name, row=error.row, column="", reason=str(error)))
            return None
    return loading.frame if loading else Frame(headers=(), conventions=spec.conventions)


class _Loading:
    """One frame out of one or several files that are alike."""

    def __init__(
        self, spec: FileSpec, headers: tuple[str, ...], outcome: Outcome, corrected: Corrections, *, several: bool
    ) -> None:
        self.spec, self.headers, self.outcome, self.corrected = spec, headers, outcome, corrected
        sections = (spec.section,) if spec.section else ()
        if spec.section in headers:
            raise ProfileError(
                _("files.%(name)s.section: the file has a column of that name already.") % {"name": spec.name},
                field=f"files.{spec.name}.section",
            )
        self.frame = Frame(headers=(*headers, *sections), conventions=spec.conventions)
        self.tidy = tidying(spec, self.frame.headers)
        self.keep = _filter(spec, self.frame)
        self.earlier: set[int] | None = set() if several else None

    def append(self, table: Table, name: str) -> None:
        """Add the rows of a file. They are counted as they stand in it, whatever becomes of them."""
        order = _order_of(self.headers, table.headers, name)
        self.frame.files.append((len(self.frame), name))
        read = FileRead(name=name, sheet=table.source.sheet, hidden=list(table.source.hidden))
        self.outcome.files.append(read)
        repaired = {row: cells for (file, row), cells in self.corrected.items() if file == name}
        repeats = _Repeats(self.earlier)
        section = [""]
        for found in table.chunks:
            read.rows += len(found.numbers)
            chunk = found
            if order is not None:
                chunk = Chunk(chunk.numbers, [[cells[place] for place in order] for cells in chunk.records])
            if repaired:
                chunk = _corrected(self.headers, chunk, repaired)
            chunk = repeats.without(chunk)
            if self.spec.section:
                chunk = _with_section(chunk, section)
            if self.tidy is not None:
                self.tidy.apply(chunk.records)
            self.frame.add(chunk if self.keep is None else self.keep.passing(chunk, name, self.outcome))
        read.rows += len(table.faults)
        for fault in table.faults:
            self._take_fault(name, fault, repaired)
        repeats.report(name, self.outcome)
        _report_left_out(name, [row for row, cells in repaired.items() if cells is None], self.outcome)

    def _take_fault(self, name: str, fault: RowFault, repaired: Mapping[int, Mapping[str, str] | None]) -> None:
        """A row that does not fit its head is wrong, unless it was corrected or left out."""
        if fault.row not in repaired:
            known = dict(zip(self.headers, map(plain, fault.cells), strict=False))
            self.outcome.report(WrongRow(file=name, row=fault.row, column="", reason=fault.reason, cells=known))
            return
        repair = repaired[fault.row]
        if repair is not None:
            self.frame.add(Chunk([fault.row], [_correct(self.frame.headers, fault.cells, repair)]))


class _Repeats:
    """Rows that stand in another file of the same kind already: exports that overlap, which must not be added up.

    Equal rows of one file are what they are. Kept is a number for each row.
    """

    def __init__(self, earlier: set[int] | None) -> None:
        self.earlier = earlier
        self.here: set[int] = set()
        self.rows: list[int] = []

    def without(self, chunk: Chunk) -> Chunk:
        if self.earlier is None:
            return chunk
        numbers = [hash(tuple(cells)) for cells in chunk.records]
        self.here.update(numbers)
        if self.earlier.isdisjoint(numbers):
            return chunk
        fresh = [number not in self.earlier for number in numbers]
        self.rows += [row for row, is_fresh in zip(chunk.numbers, fresh, strict=True) if not is_fresh]
        return Chunk(list(compress(chunk.numbers, fresh)), list(compress(chunk.records, fresh)))

    def report(self, name: str, outcome: Outcome) -> None:
        if self.earlier is not None:
            self.earlier |= self.here
        if self.rows:
            outcome.notes.append(
                ngettext(
                    "%(file)s: %(count)s row stands in an earlier file as well and was not added (row %(rows)s).",
                    "%(file)s: %(count)s rows stand in an earlier file as well and were not added (rows %(rows)s).",
                    len(self.rows),
                )
                % {"file": name, "count": len(self.rows), "rows": _listed(self.rows)}
            )


def _report_left_out(name: str, rows: Sequence[int], outcome: Outcome) -> None:
    if rows:
        outcome.notes.append(
            ngettext(
                "%(file)s: %(count)s row was left out by hand (row %(rows)s).",
                "%(file)s: %(count)s rows were left out by hand (rows %(rows)s).",
                len(rows),
            )
            % {"file": name, "count": len(rows), "rows": _listed(sorted(rows))}
        )


def _listed(rows: Sequence[int], most: int = 10) -> str:
    return listed(map(str, rows[:most])) + (", …" if len(rows) > most else "")


def _with_section(chunk: Chunk, section: list[str]) -> Chunk:
    """The rows with the heading above them as a further cell; a row with one filled cell is such a heading."""
    numbers, records = [], []
    for number, cells in zip(chunk.numbers, chunk.records, strict=True):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) == 1 and len(cells) > 1:
            section[0] = filled[0].strip()
        else:
            numbers.append(number)
            records.append([*cells, section[0]])
    return Chunk(numbers, records)


def _corrected(headers: Sequence[str], chunk: Chunk, repaired: Mapping[int, Mapping[str, str] | None]) -> Chunk:
    """The rows as somebody corrected them, without those that were left out."""
    kept = [
        (number, _correct(headers, cells, repaired.get(number)))
        for number, cells in zip(chunk.numbers, chunk.records, strict=True)
        if number not in repaired or repaired[number] is not None
    ]
    return Chunk([number for number, _cells in kept], [cells for _number, cells in kept])


def _correct(headers: Sequence[str], cells: Sequence[str], repair: Mapping[str, str] | None) -> list[str]:
    if repair is None:
        return list(cells)
    return [repair.get(name, cell) for name, cell in zip(headers, [*cells, *[""] * len(headers)], strict=False)]


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


def _paths_of(spec: FileSpec, folder: Path) -> list[Path]:
    """The files in the folder, never outside of it."""
    root = folder.resolve()
    if Path(spec.path).is_absolute() or ".." in Path(spec.path).parts:
        raise ProfileError(_("%(path)s is not inside the folder.") % {"path": spec.path}, field=f"files.{spec.name}")
    exact = root / spec.path
    found = [exact] if exact.is_file() else sorted(root.glob(spec.path))
    return [path for path in found if path.is_file() and path.resolve().is_relative_to(root)]


def _order_of(headers: Sequence[str], found: Sequence[str], name: str) -> list[int] | None:
    """How to bring the columns of a further file into the order of the first; None where they agree."""
    if tuple(headers) == tuple(found):
        return None
    missing = [header for header in headers if header not in found]
    if missing:
        raise UnreadableFile(
            _("%(name)s lacks columns that the first file has: %(missing)s.")
            % {"name": name, "missing": listed(missing)}
        )
    return [list(found).index(header) for header in headers]


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
    """Whether rows with these cells pass; each combination is computed once. For `faults` it is unknown."""

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
