"""The pictures of the pages as data: a selector or a view fills them in, a template tag draws them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.enums import Colour
from core.errors import Message
from core.ui import numbers

Number = int | float | Decimal
WIDTH = 100.0


class FigureKind(StrEnum):
    """How static/tributary/charts.js draws a figure."""

    COLUMNS = "columns"
    BARS = "bars"
    LINE = "line"


class SeriesRole(StrEnum):
    """What a series is: what happened, what was planned, or what it is compared with."""

    ACTUAL = "actual"
    PLAN = "plan"
    COMPARISON = "comparison"


@dataclass(frozen=True, kw_only=True)
class Series:
    """One value a label. `links` lead to the rows behind a value, `texts` are written beside it."""

    values: Sequence[Number | None]
    name: Message = ""
    role: SeriesRole = SeriesRole.ACTUAL
    links: Sequence[str] = ()
    texts: Sequence[str] = ()

    def data(self, currency: str) -> dict[str, Any]:
        """As the browser gets it; `written` says each value with its currency, for who points at it."""
        return {
            "name": str(self.name),
            "role": self.role,
            "values": [None if value is None else float(value) for value in self.values],
            "written": [
                numbers.money_short(value, currency) if currency else numbers.quantity(value, _decimals(value))
                for value in self.values
            ],
            "links": list(self.links),
            "texts": list(self.texts),
        }


def _decimals(value: Number | None) -> int:
    return 0 if value is None or Decimal(str(value)) == int(value) else 1


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart that answers a question. `headline` is the answer with its figure in it, `currency` that of its values.

    How it is drawn is the browser's business: here stand the data. `head` and `rows` are the same numbers as a table.
    """

    key: str
    kind: FigureKind
    headline: Message
    labels: Sequence[str]
    series: Sequence[Series]
    head: Sequence[Message]
    rows: Sequence[Sequence[Any]]
    maximum: Number | None = None
    currency: str = ""
    low: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """What the page hands to the browser as JSON."""
        return {
            "kind": self.kind,
            "labels": list(self.labels),
            "maximum": self.maximum,
            "series": [series.data(self.currency) for series in self.series],
        }


@dataclass(frozen=True, kw_only=True)
class BulletChart:
    """Actual against plan, with the band in which the landing is expected. All in one unit."""

    actual: Number
    plan: Number | None
    low: Number | None = None
    high: Number | None = None
    label: Message = ""
    colour: Colour | None = None

    @property
    def top(self) -> float:
        return max(float(value or 0) for value in (self.actual, self.plan, self.high)) * 1.05 or 1.0

    def _x(self, value: Number | None) -> str:
        return f"{float(value or 0) / self.top * WIDTH:.2f}"

    @property
    def actual_x(self) -> str:
        return self._x(max(float(self.actual), 0.0))

    @property
    def plan_x(self) -> str:
        return self._x(self.plan)

    @property
    def low_x(self) -> str:
        return self._x(self.low)

    @property
    def band_width(self) -> str:
        return f"{max(float(self.high or 0) - float(self.low or 0), 0.0) / self.top * WIDTH:.2f}"


@dataclass(frozen=True, kw_only=True)
class Spark:
    """A small multiple: a few values as a line, the plan as a dashed one."""

    title: str
    values: Sequence[Number | None]
    plan: Sequence[Number | None] = ()
    url: str = ""
    note: str = ""
    state: Any = None

    @property
    def points(self) -> str:
        return self._points(self.values)

    @property
    def plan_points(self) -> str:
        return self._points(self.plan)

    def _points(self, values: Sequence[Number | None]) -> str:
        known = [float(value) for value in (*self.values, *self.plan) if value is not None]
        top = max(known, default=0.0) or 1.0
        step = WIDTH / max(len(values) - 1, 1)
        known_at = [(number, float(value)) for number, value in enumerate(values) if value is not None]
        return " ".join(f"{number * step:.1f},{30 - value / top * 28:.1f}" for number, value in known_at)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a line: done, with its moment where it is known; the present one; or still to come, with the day it is due."""

    label: Message
    at: datetime | None = None
    due: date | None = None
    colour: Colour = Colour.DRAFT
    current: bool = False
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class WaterfallStep:
    """One bar: how much it adds or takes away; `url` opens the rows behind it, `missing` is what it could still add."""

    label: str
    value: Number | None
    missing: Number = 0
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WaterfallBar:
    step: WaterfallStep
    x: str
    width: str
    colour: Colour
    missing_x: str = "0"
    missing_width: str = ""
    total: bool = False


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """From nothing to the total, step by step. A step without a value is "no data" and draws nothing."""

    steps: Sequence[WaterfallStep]
    total_label: Message
    decimals: int = 1
    top: Number = 0
    bars: Sequence[WaterfallBar] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bars", self._bars())

    @property
    def total(self) -> Decimal:
        return sum((Decimal(str(step.value)) for step in self.steps if step.value is not None), Decimal(0))

    def _bars(self) -> list[WaterfallBar]:
        reached, edges = 0.0, []
        for step in self.steps:
            change = float(step.value or 0)
            edges.append((min(reached, reached + change), abs(change), change))
            reached += change
        lost = [float(step.missing) if step.value is not None else 0.0 for step in self.steps]
        ends = [left + width + missing for (left, width, _), missing in zip(edges, lost, strict=True)]
        scale = WIDTH / (max([float(self.top), reached, *ends]) or 1.0)
        bars = [
            WaterfallBar(
                step=step,
                x=f"{left * scale:.2f}",
                width=f"{width * scale:.2f}",
                colour=Colour.DANGER if change < 0 else Colour.WORK,
                missing_x=f"{(left + width) * scale:.2f}",
                missing_width=f"{missing * scale:.2f}" if missing > 0 else "",
            )
            for step, (left, width, change), missing in zip(self.steps, edges, lost, strict=True)
        ]
        last = WaterfallStep(label=str(self.total_label), value=self.total)
        return [*bars, WaterfallBar(step=last, x="0", width=f"{reached * scale:.2f}", colour=Colour.DONE, total=True)]


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One bar to the right of the middle for a gain, to the left for a loss; without a value nothing is drawn."""

    label: str
    value: Number | None
    x: str
    width: str
    colour: Colour
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class DivergingBars:
    """What made a difference: gains and losses from a common middle, the largest loss first."""

    changes: Sequence[tuple[str, Number | None, str]]
    decimals: int = 1

    @property
    def rows(self) -> list[ChangeRow]:
        most = max((abs(float(value or 0)) for _label, value, _url in self.changes), default=0.0) or 1.0
        half = WIDTH / 2
        drawn = []
        for label, value, url in sorted(self.changes, key=lambda change: float(change[1] or 0)):
            width = abs(float(value or 0)) / most * half
            falls = float(value or 0) < 0
            drawn.append(
                ChangeRow(
                    label=label,
                    value=value,
                    x=f"{half - width if falls else half:.2f}",
                    width=f"{width:.2f}",
                    colour=Colour.DANGER if falls else Colour.DONE,
                    url=url,
                )
            )
        return drawn


@dataclass(frozen=True, kw_only=True)
class KpiCard:
    """A small gauge: a share of what is wanted, its text, and the trend since last time."""

    label: Message
    text: str
    share: float | None
    trend: Number | None = None
    colour: Colour = Colour.DRAFT
    url: str = ""

    @property
    def width(self) -> str:
        return f"{min(max(self.share or 0.0, 0.0), 1.0) * WIDTH:.2f}"
