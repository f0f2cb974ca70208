"""The business year that has to be opened in time: without it sales count in no period and no plan can be made."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from company.permissions import can_change_company
from company.selectors import last_day_opened
from core.actors import Actor
from messaging.enums import Work
from messaging.selectors.work_list import WorkGroup, WorkLine

WARN_DAYS = 60


def year_ending(actor: Actor, *, today: date) -> WorkGroup:
    """One line while no business year follows and the last one ends within 60 days, or none holds today. One query."""
    last = last_day_opened(today)
    if last is not None and last > today + timedelta(days=WARN_DAYS):
        return WorkGroup(work=Work.YEAR_ENDING, number=0)
    url = reverse("admin:company_businessyear_add") if can_change_company(actor) else reverse("planning:attainment")
    what = _("No business year is open today: sales count in no period.")
    if last is not None:
        what = _("The last open business year ends on %(day)s. Open the next one.") % {
            "day": date_format(last, "SHORT_DATE_FORMAT")
        }
    line = WorkLine(work=Work.YEAR_ENDING, what=what, url=url, due=last, button=gettext_lazy("Open"), button_url=url)
    return WorkGroup(work=Work.YEAR_ENDING, number=1, lines=[line])
