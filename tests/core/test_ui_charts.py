"""Charts say what they show to who points at them, and to who has no scripts."""

from decimal import Decimal

from django.template.loader import render_to_string

from core.ui import numbers
from core.ui.figures import DivergingBars, Figure, FigureKind, Series, Waterfall, WaterfallStep


def _figure(currency: str = "CNY") -> Figure:
    return Figure(
        key="months", kind=FigureKind.COLUMNS, headline="h", labels=["1"], currency=currency,
        series=[Series(name="Sold", values=[Decimal("1499062.66"), None])], head=["a", "b"], rows=[["1", "¥1.50M"]],
    )  # fmt: skip


def test_values_are_written_with_their_currency_for_who_points_at_them() -> None:
    """A tooltip would say 1,499,062.66, of nobody knows what."""
    with numbers.reader_of(lambda: "CNY"):
        assert _figure().data["series"][0]["written"] == ["¥1.50M", "–"]
    assert _figure("").data["series"][0]["written"] == ["1,499,062.7", "–"]


def test_without_scripts_the_table_stands_open() -> None:
    """An empty box of 300 pixels would be all there is."""
    html = render_to_string("core/figures/chart.html", {"figure": _figure(), "data_id": "chart-months"})
    outside = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "¥1.50M" in outside


def test_what_was_lost_most_stands_first_and_points_to_the_left() -> None:
    """Why a score fell would have to be searched among what rose."""
    bars = DivergingBars(changes=[("a", Decimal(4), ""), ("b", Decimal(-8), "/b/"), ("c", None, "")])
    assert [(row.label, row.x, row.width) for row in bars.rows] == [
        ("b", "0.00", "50.00"), ("c", "50.00", "0.00"), ("a", "50.00", "25.00"),
    ]  # fmt: skip


def test_a_waterfall_shows_what_is_missing() -> None:
    """Nobody would see where points are still to be won."""
    steps = [WaterfallStep(label="a", value=Decimal(30), missing=Decimal(20)), WaterfallStep(label="b", value=None)]
    first, second, _total = Waterfall(steps=steps, total_label="Score", top=100).bars
    assert (first.missing_x, first.missing_width, second.missing_width) == ("30.00", "20.00", "")
