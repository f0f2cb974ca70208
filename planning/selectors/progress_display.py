"""How a progress is shown wherever it is shown: its colour, its sentence and its bar."""

from decimal import Decimal

from django.utils.translation import gettext as _

from core.enums import Colour
from core.ui import numbers
from core.ui.figures import BulletChart
from planning.selectors.landing import Progress

WARNING_FROM = Decimal("0.9")


def progress_colour(progress: Progress) -> Colour:
    """By what was sold of the plan to date: green at plan, amber just below, red far below, grey without a plan."""
    share = progress.attainment_to_date
    if share is None:
        return Colour.DRAFT
    if share >= 1:
        return Colour.DONE
    return Colour.WARNING if share >= WARNING_FROM else Colour.DANGER


def progress_chart(progress: Progress, *, landing: bool = False) -> BulletChart:
    """Sold against plan with the band in which it is expected to end."""
    low, high = progress.landing_band or (None, None)
    return BulletChart(
        actual=progress.actual,
        plan=progress.plan,
        low=low,
        high=high,
        label=progress_text(progress, landing=landing),
        colour=progress_colour(progress),
    )


def progress_text(progress: Progress, *, landing: bool = False) -> str:
    """What was sold of the plan in a sentence; with `landing`, where it is expected to end too."""
    sold = numbers.money_short(progress.actual, progress.currency)
    if progress.plan is None:
        return _("%(sold)s sold; there is no plan.") % {"sold": sold}
    figures = {
        "sold": sold,
        "plan": numbers.money_short(progress.plan, progress.currency),
        "share": numbers.percent(progress.attainment),
        "landing": numbers.money_short(progress.landing, progress.currency),
    }
    if landing:
        return _("%(sold)s of %(plan)s sold (%(share)s), expected to end at %(landing)s.") % figures
    return _("%(sold)s of %(plan)s sold (%(share)s)") % figures
