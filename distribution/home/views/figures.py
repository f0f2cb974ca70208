"""The chart of the director's first page."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from core.ui import numbers
from core.ui.figures import Figure, FigureKind, Series, SeriesRole
from distribution.home.selectors.territories import Channel

SHOWN = 10


def channel_figure(channel: Channel) -> Figure:
    """Sold and planned to date by territory; the headline names the one that is farthest behind."""
    shown = channel.territories[:SHOWN]
    return Figure(
        key="channel",
        headline=_headline(channel),
        kind=FigureKind.BARS,
        labels=[progress_row.name for progress_row in shown],
        currency=shown[0].progress.currency if shown else "",
        series=[
            _series(
                SeriesRole.ACTUAL, _("Sold"), _("sold"), [(row.progress.actual, row.progress.currency) for row in shown]
            ),
            _series(
                SeriesRole.PLAN,
                _("Plan to date"),
                _("plan"),
                [(row.progress.plan_to_date, row.progress.currency) for row in shown],
            ),
        ],
        head=[_("Territory"), _("Sold"), _("Plan to date"), _("Difference")],
        rows=[
            [
                progress_row.name,
                numbers.money_short(progress_row.progress.actual, progress_row.progress.currency),
                numbers.money_short(progress_row.progress.plan_to_date, progress_row.progress.currency),
                numbers.signed_money(progress_row.progress.difference_to_date, progress_row.progress.currency),
            ]
            for progress_row in shown
        ],
    )


def _series(role: SeriesRole, name: str, word: str, amounts: Sequence[tuple[Decimal | None, str]]) -> Series:
    """Bars with their figures written beside them."""
    return Series(
        name=name,
        role=role,
        values=[amount or 0 for amount, _currency in amounts],
        texts=[
            f"{word} {numbers.money_short(amount, currency)}" if amount is not None else ""
            for amount, currency in amounts
        ],
    )


def _headline(channel: Channel) -> str:
    behind = [one for one in channel.territories if (one.progress.difference_to_date or 0) < 0]
    if not behind:
        return _("Every territory with a plan is on or above its plan to date.")
    worst = min(behind, key=lambda one: one.progress.difference_to_date or 0)
    return _("%(name)s is furthest behind: %(difference)s vs. plan to date.") % {
        "name": worst.name,
        "difference": numbers.signed_money(worst.progress.difference_to_date, worst.progress.currency),
    }
