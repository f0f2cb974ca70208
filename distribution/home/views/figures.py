"""The sentence above the territories of the director's first page."""

from django.utils.translation import gettext as _

from core.ui import numbers
from distribution.home.selectors.territories import Channel


def headline(channel: Channel) -> str:
    behind = [one for one in channel.territories if (one.progress.difference_to_date or 0) < 0]
    if not behind:
        return _("Every territory with a plan is on or above its plan to date.")
    worst = min(behind, key=lambda one: one.progress.difference_to_date or 0)
    return _("%(name)s is furthest behind: %(difference)s vs. plan to date.") % {
        "name": worst.name,
        "difference": numbers.signed_money(worst.progress.difference_to_date, worst.progress.currency),
    }
