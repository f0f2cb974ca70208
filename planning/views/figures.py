"""Pictures of plans and sales."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.enums import Colour
from core.ui import numbers
from core.ui.figures import BulletChart, Figure
from planning.selectors.attainment import Attainment
from planning.selectors.grid import period_label
from planning.selectors.landing import Progress
from planning.selectors.sales import SalesRow

NEAR = 0.9


def progress_colour(progress: Progress) -> Colour:
    """Green at plan, amber just below, red far below, grey without a plan."""
    share = progress.attainment_to_date
    if share is None:
        return Colour.DRAFT
    if share >= 1:
        return Colour.DONE
    return Colour.WARNING if share >= NEAR else Colour.DANGER


def attainment_chart(progress: Progress) -> BulletChart:
    low, high = progress.landing_band or (None, None)
    return BulletChart(
        actual=progress.actual,
        plan=progress.plan,
        low=low,
        high=high,
        label=attainment_sentence(progress),
        colour=progress_colour(progress),
    )


def attainment_sentence(progress: Progress) -> str:
    """How it stands in one sentence, with the figures in it."""
    sold = numbers.money_short(progress.actual, progress.currency)
    if progress.attainment is None:
        return _("%(sold)s sold; there is no plan.") % {"sold": sold}
    facts = {
        "sold": sold,
        "plan": numbers.money_short(progress.plan, progress.currency),
        "share": numbers.percent(progress.attainment),
        "landing": numbers.money_short(progress.landing, progress.currency),
    }
    return _("%(sold)s of %(plan)s sold (%(share)s), expected to end at %(landing)s.") % facts


def months_figure(attainment: Attainment) -> Figure:
    """Sold, planned and last year, period by period."""
    labels = [period_label(period) for period, _progress in attainment.periods]
    rows = [progress for _period, progress in attainment.periods]
    currency = attainment.currency
    return Figure(
        key="months",
        headline=attainment_sentence(attainment.total),
        option={
            "xAxis": {"type": "category", "data": labels},
            "yAxis": {"type": "value"},
            "series": [
                _bars(_("Last year"), [row.last_year for row in rows], colour="--figure-quiet"),
                _bars(_("Sold"), [row.actual for row in rows], colour="--figure-line"),
                {
                    "name": _("Plan"),
                    "type": "line",
                    "step": "middle",
                    "symbol": "none",
                    "data": [None if row.plan is None else float(row.plan) for row in rows],
                    "lineStyle": {"type": "dashed"},
                },
            ],
        },
        head=[_("Period"), _("Plan"), _("Sold"), _("Share of plan"), _("Last year")],
        rows=[
            [
                label,
                numbers.money_short(row.plan, currency),
                numbers.money_short(row.actual, currency),
                numbers.percent(row.attainment),
                numbers.money_short(row.last_year, currency),
            ]
            for label, row in zip(labels, rows, strict=True)
        ],
    )


def _bars(name: str, values: Sequence[Decimal], *, colour: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "bar",
        "data": [float(value) for value in values],
        "itemStyle": {"color": colour},
    }


def categories_figure(rows: Sequence[SalesRow]) -> Figure:
    """What was sold, by category."""
    total = sum(row.net for row in rows)
    share = rows[0].net / total if rows and total else None
    headline = (
        _("%(category)s makes %(share)s of the sales.") % {"category": rows[0].label, "share": numbers.percent(share)}
        if share is not None
        else _("Nothing was sold in this year yet.")
    )
    return Figure(
        key="categories",
        headline=headline,
        low=True,
        option={
            "xAxis": {"type": "value", "axisLabel": {"show": False}},
            "yAxis": {"type": "category", "data": [row.label for row in rows], "inverse": True},
            "series": [
                {
                    "type": "bar",
                    "data": [float(row.net) for row in rows],
                    "itemStyle": {"color": "--figure-line"},
                }
            ],
        },
        head=[_("Category"), _("Units"), _("Sold")],
        rows=[[row.label, row.units, numbers.money_short(row.net, row.currency)] for row in rows],
    )
