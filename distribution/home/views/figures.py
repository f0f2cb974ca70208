"""The chart of the director's first page."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.ui import numbers
from core.ui.figures import Figure
from distribution.home.selectors.territories import Channel

SHOWN = 10


def channel_figure(channel: Channel) -> Figure:
    """Sold and planned to date by territory; the headline names the one that is farthest behind."""
    shown = channel.territories[:SHOWN]
    names = [progress_row.name for progress_row in shown]
    sold = [_bar(_("sold"), progress_row.progress.actual, progress_row.progress.currency) for progress_row in shown]
    planned = [
        _bar(_("plan"), progress_row.progress.plan_to_date, progress_row.progress.currency) for progress_row in shown
    ]
    return Figure(
        key="channel",
        headline=_headline(channel),
        option={
            "xAxis": {"type": "value", "axisLabel": {"show": False}, "splitLine": {"show": False}},
            "grid": {"left": 8, "right": 160, "top": 8, "bottom": 8, "containLabel": True},
            "yAxis": {"type": "category", "data": names, "inverse": True},
            "series": [
                {"name": _("Sold"), "type": "bar", "data": sold, "itemStyle": {"color": "--figure-line"}},
                {"name": _("Plan to date"), "type": "bar", "data": planned, "itemStyle": {"color": "--figure-quiet"}},
            ],
        },
        head=[_("Territory"), _("Sold"), _("Plan to date"), _("Difference")],
        rows=[
            [
                progress_row.name,
                numbers.money_short(progress_row.progress.actual, progress_row.progress.currency),
                numbers.money_short(progress_row.progress.plan_to_date, progress_row.progress.currency),
                numbers.signed(progress_row.progress.difference_to_date),
            ]
            for progress_row in shown
        ],
    )


def _bar(name: str, amount: Decimal | None, currency: str) -> dict[str, Any]:
    """One bar with its figure written beside it."""
    text = f"{name} {numbers.money_short(amount, currency)}" if amount is not None else ""
    return {"value": float(amount or 0), "label": {"show": True, "position": "right", "formatter": text}}


def _headline(channel: Channel) -> str:
    behind = [one for one in channel.territories if (one.progress.difference_to_date or 0) < 0]
    if not behind:
        return _("Every territory with a plan is at its plan to date or above.")
    worst = min(behind, key=lambda one: one.progress.difference_to_date or 0)
    return _("%(name)s is farthest behind: %(difference)s against plan to date.") % {
        "name": worst.name,
        "difference": numbers.signed(worst.progress.difference_to_date),
    }
