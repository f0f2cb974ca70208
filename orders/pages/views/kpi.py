"""How punctually a distributor is supplied, as the head of its page shows it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.enums import Colour
from core.ui import numbers
from core.ui.figures import KpiCard
from orders.ordering.enums import Lateness
from orders.tracking.selectors.punctuality import read_punctuality

FINE, POOR = 0.95, 0.85


def punctuality_kpi(user: Any, distributor: Any) -> KpiCard:
    """The share delivered by the promised day in the last 91 days; it leads to those that were late. One query."""
    found = read_punctuality(user, distributor.pk, today=timezone.localdate())
    return KpiCard(
        label=_("Delivered on time"),
        text=numbers.percent(found.share) if found.share is not None else _("no data"),
        share=found.share,
        trend=found.change,
        colour=_colour(found.share),
        url=f"{reverse('orders:list')}?{urlencode({'distributor': distributor.code, 'lateness': Lateness.LATE})}",
    )


def _colour(share: float | None) -> Colour:
    if share is None:
        return Colour.DRAFT
    if share >= FINE:
        return Colour.DONE
    return Colour.WARNING if share >= POOR else Colour.DANGER
