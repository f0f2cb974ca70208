"""Objections to an evaluation, the answers to them, and whom both notify."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.errors import Conflict, InvalidInput
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from evaluation.enums import EvaluationEvent
from evaluation.models import Evaluation
from evaluation.permissions import can_answer_objection, can_contest
from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind, ToAccountable, ToPerson

LONGEST = 4000


@transaction.atomic
def contest_evaluation(*, evaluation_id: int, text: str, actor: Actor, now: datetime) -> Evaluation:
    """Note the owner's objection; whoever acts for the distributor is notified.

    Before: nobody contested it yet, and its run is final. Raises NotVisible, NotAllowed (not the owner of this
    distributor), InvalidInput (`text`), Conflict (contested already; the result is provisional, replaced or voided).
    """
    evaluation: Evaluation = lock_row(Evaluation.objects.visible_to(actor), evaluation_id)
    require(can_contest(actor, evaluation))
    if evaluation.contested_at is not None:
        raise Conflict(_("This evaluation was already contested."), code="wrong_state")
    if not evaluation.run.is_final:
        raise Conflict(_("Only the final result of a period can be contested."), code="wrong_state")
    evaluation.contest, evaluation.contested_at, evaluation.contested_by_id = _checked(text), now, actor.pk
    evaluation.save(update_fields=["contest", "contested_at", "contested_by"])
    record_event(
        kind=EvaluationEvent.CONTESTED,
        subject_type="evaluation",
        subject_id=evaluation.pk,
        distributor_id=evaluation.distributor_id,
        actor_id=actor.pk,
        data={"text": evaluation.contest},
        at=now,
    )
    return evaluation


@transaction.atomic
def answer_contest(*, evaluation_id: int, text: str, actor: Actor, now: datetime) -> Evaluation:
    """Answer the objection; who raised it is notified. The figures stay: a run is never changed.

    Before: it was contested and not answered yet. Raises NotVisible, NotAllowed, InvalidInput (`text`), Conflict.
    """
    evaluation: Evaluation = lock_row(Evaluation.objects.visible_to(actor), evaluation_id)
    require(can_answer_objection(actor, evaluation))
    if evaluation.contested_at is None:
        raise Conflict(_("This evaluation was not contested."), code="wrong_state")
    if evaluation.answered_at is not None:
        raise Conflict(_("This objection was already answered."), code="wrong_state")
    evaluation.answer, evaluation.answered_at = _checked(text), now
    evaluation.save(update_fields=["answer", "answered_at"])
    record_event(
        kind=EvaluationEvent.CONTEST_ANSWERED,
        subject_type="evaluation",
        subject_id=evaluation.pk,
        distributor_id=evaluation.distributor_id,
        actor_id=actor.pk,
        data={"text": evaluation.answer, "contested_by": evaluation.contested_by_id},
        at=now,
    )
    return evaluation


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(_("Describe what is wrong and why."), field="text", code="required")
    if len(text) > LONGEST:
        raise InvalidInput(_("This text is too long (maximum %(most)d characters).") % {"most": LONGEST}, field="text")
    return text


NOTIFICATION_KINDS: Final = (
    NotificationKind(
        kind=EvaluationEvent.CONTESTED,
        text=gettext_lazy("%(distributor)s has contested its evaluation. Read the objection and answer it."),
        audiences=(ToAccountable(level=NotificationLevel.ACTION, every_duty=True),),
        subjects={"distributor": "distributor"},
    ),
    NotificationKind(
        kind=EvaluationEvent.CONTEST_ANSWERED,
        text=gettext_lazy("Your objection to the evaluation was answered."),
        audiences=(ToPerson(level=NotificationLevel.INFO, key="contested_by"),),
    ),
)
