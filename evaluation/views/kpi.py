"""The grade of a distributor, as the head of its page shows it."""

from typing import Any

from django.utils.translation import gettext as _

from core.ui import numbers
from core.ui.figures import KpiCard
from evaluation.models import Evaluation
from evaluation.selectors.run_page import previous_run

TOP = 100


def grade_kpi(user: Any, distributor: Any) -> KpiCard | None:
    """The latest final grade and score, with the change since the time before. Three queries.

    Nothing before the first. A score without enough coverage has no grade, and is compared with nothing.
    """
    done = Evaluation.objects.visible_to(user).filter(distributor=distributor).final()
    latest = done.select_related("run__scorecard").order_by("-run__ends_on", "-run_id").first()
    if latest is None:
        return None
    previous = previous_run(latest.run)
    before = done.filter(run=previous, rank__isnull=False).values_list("score", flat=True).first() if previous else None
    score = latest.score
    text = f"{latest.grade} {numbers.quantity(score, 1)}" if score is not None else _("no data")
    if latest.lacks_coverage:
        text, before = _("%(share)s measured, no grade") % {"share": numbers.percent(latest.coverage / TOP)}, None
    return KpiCard(
        label=_("Grade"),
        text=text,
        share=None if score is None else float(score) / TOP,
        trend=None if score is None or before is None else score - before,
        url=latest.get_absolute_url(),
    )
