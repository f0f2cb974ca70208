"""One measured figure beside what it is compared with."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Result:
    """`figure` against `its_figure` of `compared_with`, both measured in one window, in `unit`.

    `aim` says what the ratio should be, in words; empty where the figure stands for itself.
    """

    name: str
    figure: float
    unit: str
    compared_with: str = ""
    its_figure: float | None = None
    aim: str = ""

    @property
    def ratio(self) -> float | None:
        return self.figure / self.its_figure if self.its_figure else None


def table(results: list[Result]) -> str:
    """The results as a plain text table."""
    head = ("what", "figure", "compared with", "its figure", "ratio", "aim")
    rows = [
        (
            result.name,
            f"{result.figure:,.2f} {result.unit}",
            result.compared_with,
            f"{result.its_figure:,.2f} {result.unit}" if result.its_figure is not None else "",
            f"{result.ratio:.2f}" if result.ratio is not None else "",
            result.aim,
        )
        for result in results
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def alternate(works: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Run the works in turn `rounds` times after one warm-up; the median milliseconds of each."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            if turn:
                taken[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}
