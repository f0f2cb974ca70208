"""Pictures of plans and sales."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.ui import numbers
from core.ui.figures import Figure, FigureKind, Series, SeriesRole
from planning.selectors.attainment import Attainment
from planning.selectors.grid import period_label
from planning.selectors.progress_display import progress_text
from planning.selectors.sales import SalesRow


def months_figure(attainment: Attainment) -> Figure:
    """Sold, planned and last year, period by period."""
    labels = [period_label(period) for period, _progress in attainment.periods]
    rows = [progress for _period, progress in attainment.periods]
    currency = attainment.currency
    return Figure(
        key="months",
        headline=progress_text(attainment.total, landing=True),
        kind=FigureKind.COLUMNS,
        currency=currency,
        labels=labels,
        series=[
            Series(name=_("Last year"), values=[row.last_year for row in rows], role=SeriesRole.COMPARISON),
            Series(name=_("Sold"), values=[row.actual for row in rows]),
            Series(name=_("Plan"), values=[row.plan for row in rows], role=SeriesRole.PLAN),
        ],
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


def categories_figure(rows: Sequence[SalesRow]) -> Figure:
    """What was sold, by category."""
    total = sum(row.net for row in rows)
    share = rows[0].net / total if rows and total else None
    headline = (
        _("%(category)s accounts for %(share)s of sales.")
        % {"category": rows[0].label, "share": numbers.percent(share)}
        if share is not None
        else _("No sales this year yet.")
    )
    return Figure(
        key="categories",
        headline=headline,
        low=True,
        kind=FigureKind.BARS,
        currency=rows[0].currency if rows else "",
        labels=[row.label for row in rows],
        series=[
            Series(values=[row.net for row in rows], texts=[numbers.money_short(row.net, row.currency) for row in rows])
        ],
        head=[_("Category"), _("Units"), _("Sold")],
        rows=[[row.label, row.units, numbers.money_short(row.net, row.currency)] for row in rows],
    )
