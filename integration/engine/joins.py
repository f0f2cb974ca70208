"""Columns of other files, found by a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.importing.refusals import ValueFault, shorten
from core.sentences import listed
from integration.engine.expressions import Formula, build
from integration.engine.expressions.operators import truth
from integration.engine.frames import Frame
from integration.engine.profile import BlockSpec, JoinSpec
from integration.engine.values import as_text
from integration.errors import ProfileError
from spreadsheets.cells import plain

_EACH = ("each.cell", "each.name", "each.number")


@dataclass(kw_only=True)
class Joined:
    """A frame with the columns of its joins, which are called `join.column`.

    `each` is the column that a block of several columns is made for now; formulas call it `each.cell`.
    """

    frame: Frame
    names: list[str]
    each: tuple[str, int] | None = None
    partners: dict[str, tuple[Frame, list[int]]] = field(default_factory=dict)
    missing: dict[str, set[int]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def column(self, name: str, rows: Sequence[int]) -> Sequence[str]:
        if name in self.frame.headers:
            own = self.frame.columns[name]
            return own if len(rows) == len(own) else list(map(own.__getitem__, rows))
        if self.each and name in _EACH:
            header, number = self.each
            fixed = {"each.name": header, "each.number": str(number)}.get(name)
            return self.column(header, rows) if fixed is None else [fixed] * len(rows)
        join, _dot, inner = name.partition(".")
        frame, partner = self.partners[join]
        cells = [*frame.columns[inner], ""]  # the place -1 is the empty cell of a row without a partner
        wanted = partner if len(rows) == len(partner) else map(partner.__getitem__, rows)
        return list(map(cells.__getitem__, wanted))

    def shown(self, names: Sequence[str]) -> str:
        """Columns as a report names them: whoever mends a row has to find them in the file."""
        here = self.each[0] if self.each else ""
        plain = [here if self.each and name == "each.cell" else name for name in names]
        return listed(name for name in plain if not (self.each and name in _EACH))


def join_frames(frame: Frame, block: BlockSpec, frames: Mapping[str, Frame | None]) -> Joined:
    """Find the partner of every row in every joined file. Raises ProfileError."""
    joined = Joined(frame=frame, names=list(frame.headers), each=block.each)
    if block.each:
        if block.each[0] not in frame.headers:
            place = f"{block.place}.each_column"
            raise ProfileError(
                _("%(place)s: unknown column “%(name)s”. Available: %(names)s.")
                % {"place": place, "name": block.each[0], "names": listed(frame.headers)},
                field=place,
            )
        joined.names += _EACH
    for join in block.joins:
        place = f"{block.place}.join.{join.name}"
        other = frames[join.file]
        if other is None:
            raise ProfileError(_("%(place)s: the file could not be read.") % {"place": place}, field=place)
        try:
            _add(joined, join, other)
        except (ProfileError, ValueFault) as error:
            raise ProfileError(f"{place}: {error}", field=place) from error
    return joined


def _add(joined: Joined, join: JoinSpec, other: Frame) -> None:
    index = _index(join, other)
    formula = build(join.on, columns=joined.names, conventions=joined.frame.conventions)
    if not formula.columns:
        raise ProfileError(_("“on” does not name a column."))
    rows = range(len(joined.frame))
    inputs = [joined.column(name, rows) for name in formula.columns]
    known = _Partners(formula, index)
    partners = list(map(known.__getitem__, zip(*inputs, strict=True)))
    joined.partners[join.name] = (other, partners)
    joined.names += [f"{join.name}.{name}" for name in other.headers]
    joined.labels[join.name] = ", ".join(formula.columns)
    if join.required:
        joined.missing[join.name] = {row for row, partner in enumerate(partners) if partner < 0}


class _Partners(dict[tuple[str, ...], int]):
    """The row of the other file for each combination of cells; -1 where there is none."""

    def __init__(self, formula: Formula, index: Mapping[str, int]) -> None:
        super().__init__()
        self.formula = formula
        self.index = index

    def __missing__(self, cells: tuple[str, ...]) -> int:
        row = self[cells] = self.index.get(as_text(self.formula.run(tuple(map(plain, cells)))).strip(), -1)
        return row


def _index(join: JoinSpec, other: Frame) -> dict[str, int]:
    key = build(join.key, columns=other.headers, conventions=other.conventions)
    where = build(join.where, columns=other.headers, conventions=other.conventions) if join.where else None
    index: dict[str, int] = {}
    for row, cells in enumerate(_cells(other, key.columns)):
        if where is not None and not truth(where.run(tuple(plain(other.columns[name][row]) for name in where.columns))):
            continue
        value = as_text(key.run(tuple(map(plain, cells)))).strip()
        if value in index and not join.pick:
            raise ProfileError(
                _(
                    "%(file)s has “%(value)s” more than once (rows %(first)s and %(second)s). Set pick = “first” or "
                    "“last”."
                )
                % {
                    "file": join.file,
                    "value": shorten(value),
                    "first": other.numbers[index[value]],
                    "second": other.numbers[row],
                }
            )
        if value and (value not in index or join.pick == "last"):
            index[value] = row
    return index


def _cells(frame: Frame, names: Sequence[str]) -> Sequence[tuple[str, ...]]:
    return list(zip(*(frame.columns[name] for name in names), strict=True)) if names else [()] * len(frame)
