"""Evaluations taken back: their results leave lists and trends, the history keeps them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from evaluation.enums import EvaluationEvent
from evaluation.models import EvaluationRun
from evaluation.permissions import RUN_STATES, can_void_run

LONGEST_REASON = 500


@transaction.atomic
def void_run(*, run_id: int, reason: str, actor: Actor, now: datetime) -> EvaluationRun:
    """Take a finished run out of lists, trends and rankings; its rows and the `reason` (up to 500 characters) stay.

    Before: the run is done. Afterwards the same days can be evaluated again. Raises NotVisible, NotAllowed,
    InvalidInput (`reason`), Conflict (still being computed, failed, replaced, voided already).
    """
    run: EvaluationRun = lock_row(EvaluationRun.objects.visible_to(actor), run_id)
    require(can_void_run(actor, run))
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput(_("Give the reason for voiding this evaluation."), field="reason", code="required")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(
            _("This text is too long (maximum %(most)d characters).") % {"most": LONGEST_REASON}, field="reason"
        )
    RUN_STATES.advance(run, "void")
    run.void_reason, run.voided_at, run.voided_by_id = reason, now, actor.pk
    run.save(update_fields=["status", "void_reason", "voided_at", "voided_by"])
    record_event(
        kind=EvaluationEvent.RUN_VOIDED,
        subject_type="evaluation_run",
        subject_id=run.pk,
        actor_id=actor.pk,
        data={"reason": reason},
        at=now,
    )
    return run
