"""Words and drawings that several first pages share."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.kept_scopes import keeping_scopes
from core.sentences import listed
from core.ui import numbers
from core.ui.figures import Spark
from core.ui.page import Page
from distribution.home.selectors.monthly_series import MonthlySeries
from messaging.selectors.work_list import WorkList
from planning.selectors.landing import Progress
from planning.selectors.progress_display import progress_chart, progress_text

NOON, EVENING = 12, 18


class HomePage(Page):
    """The first page of one role; the dispatcher has chosen it by the role."""

    abstract = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with keeping_scopes():
            return super().dispatch(request, *args, **kwargs)

    def page_title(self) -> str:
        return str(_("To do"))


def greeting(now: datetime) -> str:
    hour = timezone.localtime(now).hour
    if hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if hour < EVENING else _("Good evening")


def sentence(work: WorkList, now: datetime) -> str:
    """The one sentence that sums up the day."""
    late = ngettext("%(n)s order is late", "%(n)s orders are late", work.late)
    waits = ngettext("%(n)s is waiting for you", "%(n)s are waiting for you", work.waiting)
    parts = [
        text % {"n": numbers.quantity(number)} for text, number in ((late, work.late), (waits, work.waiting)) if number
    ]
    if not parts:
        return _("%(greeting)s. Nothing is late, and nothing is waiting for you.") % {"greeting": greeting(now)}
    return _("%(greeting)s, %(what)s.") % {"greeting": greeting(now), "what": listed(parts)}


def pace_text(progress: Progress) -> str:
    """What is needed a day, and what it runs at."""
    if progress.required_pace is None or progress.pace is None:
        return ""
    if not progress.required_pace:
        return _("Plan reached.")
    return _("Needs %(needed)s per day; currently %(pace)s per day.") % {
        "needed": numbers.money_short(progress.required_pace, progress.currency),
        "pace": numbers.money_short(progress.pace, progress.currency),
    }


def landing_text(progress: Progress) -> str:
    """Where it is expected to end."""
    band = progress.landing_band
    if band is None:
        return ""
    low, high = (numbers.money_short(end, progress.currency) for end in band)
    if low == high:
        return _("Expected to end at %(low)s.") % {"low": low}
    return _("Expected to end between %(low)s and %(high)s.") % {"low": low, "high": high}


def month_context(progress: Progress | None) -> dict[str, Any]:
    """What templates/distribution/partials/month.html shows."""
    if progress is None:
        return {"month": None}
    return {
        "month": progress,
        "month_chart": progress_chart(progress),
        "month_text": progress_text(progress),
        "month_pace": pace_text(progress),
        "month_landing": landing_text(progress),
    }


def spark_of(multiple: MonthlySeries) -> Spark:
    progress = multiple.progress_row.progress
    missing = progress.difference_to_date
    note = _("no plan")
    if missing is not None:
        note = numbers.signed(missing)
    return Spark(
        title=multiple.progress_row.name,
        values=multiple.months,
        plan=multiple.plan if any(value is not None for value in multiple.plan) else (),
        url=reverse("accounts:distributor", args=[multiple.progress_row.code]),
        note=note,
    )
