"""The team's calendar of absences: a month as a table, and as a list on a phone."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.permissions import has_role
from core.ui.page import Crumb, Page
from responsibility.enums import AwayState
from responsibility.forms.coverage import EARLIEST, LATEST
from responsibility.selectors.calendar import away_month, month_days


class CalendarView(Page):
    permission_required = has_role
    title = _("Calendar of absences")
    template_name = "responsibility/calendar.html"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(label=str(_("Absences")), url=reverse("accounts:absences")),)

    def get(self, _request: HttpRequest) -> HttpResponse:
        first, today = self.first, timezone.localdate()
        month = away_month(self.actor, first=first)
        return self.render_to_response(
            self.get_context_data(
                month=month,
                states=list(AwayState),
                today=today,
                before=(first - timedelta(days=1)).strftime("%Y-%m"),
                after=(month_days(first)[-1] + timedelta(days=1)).strftime("%Y-%m"),
                new_from=max(first, today) if first.month == today.month else first,
            )
        )

    @cached_property
    def first(self) -> date:
        """The first day of the month of the address; of this one where it names none."""
        wanted = self.request.GET.get("month", "")
        try:
            day = date.fromisoformat(f"{wanted}-01")
        except ValueError:
            day = timezone.localdate().replace(day=1)
        return min(max(day, EARLIEST), LATEST)
