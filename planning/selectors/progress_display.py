"""How a progress is shown wherever it is shown: its colour, its sentence and its bar."""

from decimal import Decimal

from django.utils.translation import gettext as _

from core.enums import Colour
from core.sentences import sentences
from core.ui import numbers
from core.ui.figures import BulletChart
from planning.selectors.landing import Outlook, Progress

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
        return _("%(sold)s sold, no plan.") % {"sold": sold}
    figures = {
        "sold": sold,
        "plan": numbers.money_short(progress.plan, progress.currency),
        "share": numbers.percent(progress.attainment),
        "landing": numbers.money_short(progress.landing, progress.currency),
    }
    if landing and progress.landing is not None:
        return _("%(sold)s of %(plan)s sold (%(share)s), expected to end at %(landing)s.") % figures
    return _("%(sold)s of %(plan)s sold (%(share)s)") % figures


EARLY = Decimal("0.1")
NEWCOMERS = Decimal("0.25")


def landing_sentence(progress: Progress) -> str:
    """What the landing rests on: what is sold, what is usually sold by now, what is expected, and how far off it was."""
    outlook, gone = progress.outlook, Decimal(progress.days_over) / progress.days
    if gone >= 1:
        return ""
    if outlook is None:
        if gone >= EARLY:
            return _("The landing is forecast once a day; there is none yet.")
        last = numbers.money_short(progress.last_year, progress.currency)
        return _("It is too early to say where the year will land. Last year ended at %(last)s.") % {"last": last}
    figures = {
        "sold": numbers.money_short(outlook.sold, progress.currency),
        "rest": numbers.money_short(outlook.expected, progress.currency),
        "landing": numbers.money_short(outlook.total, progress.currency),
        "share": numbers.percent(outlook.sold_share),
        "days": outlook.interval_days,
        "error": numbers.percent(outlook.past_error),
    }
    parts = [_reason(outlook) % figures]
    if gone < NEWCOMERS:
        parts.append(_("Customers who have not bought yet, neither this year nor last, are not in it."))
    return sentences(parts)


def _reason(outlook: Outlook) -> str:
    if outlook.is_straight:
        return _(
            "Sold %(sold)s so far. There is no last year to learn from: a straight line at the same pace ends at %(landing)s."
        )
    if outlook.past_error is None:
        if outlook.interval_days:
            return _(
                "Sold %(sold)s so far; in a year like the last one %(share)s is sold by now, and with the usual order every "
                "%(days)s days we expect %(rest)s more."
            )
        return _(
            "Sold %(sold)s so far; in a year like the last one %(share)s is sold by now, and we expect %(rest)s more."
        )
    if outlook.interval_days:
        return _(
            "Sold %(sold)s so far; in a year like the last one %(share)s is sold by now, and with the usual order every "
            "%(days)s days we expect %(rest)s more (we were off by %(error)s at this point last year)."
        )
    return _(
        "Sold %(sold)s so far; in a year like the last one %(share)s is sold by now, and we expect %(rest)s more (in total "
        "we were off by %(error)s at this point last year)."
    )
