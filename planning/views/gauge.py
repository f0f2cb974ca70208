"""How a distributor stands against its plan, as the head of its page shows it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from company.models import BusinessYear
from core.ui import numbers
from core.ui.figures import Meter
from planning.enums import PlanLevel
from planning.selectors.standing import read_standings
from planning.views.figures import standing_colour


def plan_gauge(_user: Any, distributor: Any) -> Meter | None:
    """Sold this year as a share of the plan to date; nothing outside of a business year. Four queries."""
    today = timezone.localdate()
    year = BusinessYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    if year is None:
        return None
    (standing,) = read_standings(PlanLevel.DISTRIBUTOR, [distributor.pk], year=year, today=today)
    share = standing.progress.attainment_to_date
    return Meter(
        label=_("Plan to date"),
        text=numbers.percent(share) if share is not None else _("no plan"),
        share=None if share is None else float(share),
        colour=standing_colour(standing.progress),
        url=reverse("planning:standing", args=[distributor.code]),
    )
