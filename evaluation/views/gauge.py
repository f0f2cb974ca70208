"""The grade of a distributor, as the head of its page shows it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.ui import numbers
from core.ui.figures import Meter
from evaluation.enums import RunStatus
from evaluation.models import Evaluation

TOP = 100


def grade_gauge(user: Any, distributor: Any) -> Meter | None:
    """The latest grade and score, with the change since the evaluation before; nothing before the first. One query."""
    done = Evaluation.objects.visible_to(user).filter(distributor=distributor, run__status=RunStatus.DONE)
    latest = list(done.order_by("-run__ends_on", "-run_id")[:2])
    if not latest:
        return None
    score = latest[0].score
    before = latest[1].score if len(latest) > 1 else None
    return Meter(
        label=_("Grade"),
        text=f"{latest[0].grade} {numbers.quantity(score, 1)}" if score is not None else _("no data"),
        share=None if score is None else float(score) / TOP,
        trend=None if score is None or before is None else score - before,
        url=reverse("evaluation:scorecard", args=[latest[0].pk]),
    )
