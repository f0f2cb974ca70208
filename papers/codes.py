"""Bars of Code 128 and modules of QR codes, as the runs that a template draws."""

from itertools import groupby

import segno
from barcode.codex import Code128

MOST_IN_BARS = 40
MOST_IN_QR = 300
_QUIET = 10
Runs = list[tuple[int, int]]


def code128(text: str) -> dict[str, object] | None:
    """Width in modules with the quiet zones, and where each bar begins and how wide it is; None for what it cannot say."""
    if not text or len(text) > MOST_IN_BARS or not text.isascii() or not text.isprintable():
        return None
    (modules,) = Code128(text).build()
    return {"width": len(modules) + 2 * _QUIET, "bars": _runs(modules, _QUIET)}


def qr(text: str) -> dict[str, object] | None:
    """Modules of a side, and the runs of dark ones of each row; None for no text or too much."""
    if not text or len(text) > MOST_IN_QR:
        return None
    rows = segno.make_qr(text, error="m", boost_error=False).matrix
    return {"width": len(rows), "rows": [_runs("".join(map(str, row)), 0) for row in rows]}


def _runs(modules: str, offset: int) -> Runs:
    runs, place = [], offset
    for sign, group in groupby(modules):
        width = len(list(group))
        if sign == "1":
            runs.append((place, width))
        place += width
    return runs
