"""Plan attainment of a distributor, for the head of its page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from company.models import BusinessYear
from core.ui import numbers
from core.ui.figures import KpiCard
from planning.enums import PlanLevel
from planning.selectors.progress import read_progress_rows
from planning.selectors.progress_display import progress_colour


def plan_kpi(_user: Any, distributor: Any) -> KpiCard | None:
    """Sold this year as a share of the plan to date; nothing outside of a business year. Four queries."""
    today = timezone.localdate()
    year = BusinessYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    if year is None:
        return None
    (progress_row,) = read_progress_rows(PlanLevel.DISTRIBUTOR, [distributor.pk], year=year, today=today)
    share = progress_row.progress.attainment_to_date
    return KpiCard(
        label=_("Plan to date"),
        text=numbers.percent(share) if share is not None else _("no plan"),
        share=None if share is None else float(share),
        colour=progress_colour(progress_row.progress),
        url=reverse("planning:distributor-attainment", args=[distributor.code]),
    )
