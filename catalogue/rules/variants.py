"""The attributes in which the products of a family differ: values read, put in order, and laid out as grids. No database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.models import localised

LONGEST_VALUE = 64
MOST_CHOICES = 200
AXES = 2
"""The first attribute makes the rows of a grid, the second its columns; each value of the others has a grid of its own."""

_MEASURE = re.compile(r"^(\d{1,9}(?:\.\d{1,6})?)\s{0,4}([^\d\s]{0,12})")
_FACTORS = {"kg": ("g", 1000.0), "公斤": ("g", 1000.0), "千克": ("g", 1000.0), "克": ("g", 1.0), "l": ("ml", 1000.0)}
_FACTORS |= {"升": ("ml", 1000.0), "毫升": ("ml", 1.0), "m": ("cm", 100.0), "米": ("cm", 100.0), "厘米": ("cm", 1.0)}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value that an attribute can have."""

    code: str
    name: str
    name_zh: str = ""

    @property
    def label(self) -> str:
        return localised(self.name, self.name_zh)

    @property
    def written(self) -> str:
        """As forms and files take it again: a code alone, or with its names."""
        name = "" if self.name == self.code and not self.name_zh else self.name
        return f"{self.code} | {name} | {self.name_zh}".rstrip(" |")

    @property
    def words(self) -> set[str]:
        return {word.casefold() for word in (self.code, self.name, self.name_zh) if word}


@dataclass(frozen=True, kw_only=True)
class Axis:
    """An attribute of a family; without `choices` its values are free text."""

    code: str
    name: str
    name_zh: str = ""
    choices: Sequence[Choice] = ()

    @property
    def label(self) -> str:
        return localised(self.name, self.name_zh)

    def read(self, written: str) -> str | None:
        """The value that is meant by a code or a name in either language; None for one that there is not."""
        text = " ".join(written.split())[: LONGEST_VALUE + 1]
        if not self.choices:
            return text if 0 < len(text) <= LONGEST_VALUE else None
        return next((choice.code for choice in self.choices if text.casefold() in choice.words), None)

    def label_of(self, value: str) -> str:
        """A value in the reader's language."""
        return next((choice.label for choice in self.choices if choice.code == value), value)

    def place_of(self, value: str) -> tuple[int, float, str]:
        """By which values are sorted: as they are declared, free ones by their measure (100 g before 1 kg), then by text."""
        for place, choice in enumerate(self.choices):
            if choice.code == value:
                return (0, float(place), value)
        found = _MEASURE.match(value)
        if found is None:
            return (2, 0.0, value.casefold())
        unit, factor = _FACTORS.get(found[2].casefold(), (found[2].casefold(), 1.0))
        return (1, float(found[1]) * factor, unit)


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """One value of the first attribute, with what is there for each of the second; None where there is no such product."""

    label: str
    cells: Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The variants that differ in the first two attributes only. `title` has the values of the others."""

    title: str
    row_head: str
    column_head: str
    columns: Sequence[str]
    rows: Sequence[GridRow]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The variants of a family as grids; `rest` are those of which values are missing."""

    grids: Sequence[Grid] = ()
    rest: Sequence[Any] = field(default_factory=tuple)


def missing_values(axes: Sequence[Axis], values: Mapping[str, str]) -> list[Axis]:
    """The attributes for which a product has no value."""
    return [axis for axis in axes if not values.get(axis.code)]


def lay_out(axes: Sequence[Axis], variants: Iterable[tuple[Mapping[str, str], Any]]) -> Layout:
    """Grids by the first two attributes, one for each combination of the others."""
    sheets: dict[tuple[str, ...], dict[tuple[str, str], Any]] = {}
    rest = []
    others = axes[AXES:]
    for values, thing in variants:
        if not axes or missing_values(axes, values):
            rest.append(thing)
            continue
        column = values[axes[1].code] if len(axes) >= AXES else ""
        sheet = sheets.setdefault(tuple(values[axis.code] for axis in others), {})
        sheet[values[axes[0].code], column] = thing
    order = sorted(sheets, key=lambda named: [axis.place_of(value) for axis, value in zip(others, named, strict=True)])
    return Layout(grids=[_grid(axes, named, sheets[named]) for named in order], rest=rest)


def _grid(axes: Sequence[Axis], named: Sequence[str], sheet: Mapping[tuple[str, str], Any]) -> Grid:
    first, second = axes[0], axes[1] if len(axes) >= AXES else None
    rows = sorted({row for row, _column in sheet}, key=first.place_of)
    columns = sorted({column for _row, column in sheet}, key=second.place_of if second else None)
    titles = [axis.label_of(value) for axis, value in zip(axes[AXES:], named, strict=True)]
    return Grid(
        title=" · ".join(titles),
        row_head=first.label,
        column_head=second.label if second else "",
        columns=[second.label_of(column) if second else "" for column in columns],
        rows=[
            GridRow(label=first.label_of(row), cells=[sheet.get((row, column)) for column in columns]) for row in rows
        ],
    )
