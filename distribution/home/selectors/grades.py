"""Grades moved up and down: the newest evaluation of everybody against the one before."""

from typing import cast

from django.core.cache import cache

from core.actors import Actor
from evaluation.enums import RunStatus
from evaluation.models import EvaluationRun
from evaluation.selectors.run_page import RunResult, read_run

KEPT_SECONDS = 3600


def newest_grades(actor: Actor) -> tuple[EvaluationRun, RunResult] | None:
    """The newest finished run that the person sees, and its sums; nothing before the first. A run stays as it is.

    One query, and eight more once an hour.
    """
    done = EvaluationRun.objects.visible_to(actor).filter(status=RunStatus.DONE)
    run = done.select_related("scorecard").order_by("-ends_on", "-pk").first()
    if run is None:
        return None
    return run, cast("RunResult", cache.get_or_set(f"run-result:{run.pk}", lambda: read_run(run), KEPT_SECONDS))
