"""Whom the events of evaluations notify, and in which words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from evaluation.enums import EvaluationEvent
from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind, ToAccountable, ToPerson

NOTIFICATION_KINDS: Final = (
    NotificationKind(
        kind=EvaluationEvent.CONTESTED,
        text=_("%(distributor)s objects to its evaluation. Read the objection and answer."),
        audiences=(ToAccountable(level=NotificationLevel.ACTION, every_duty=True),),
        subjects={"distributor": "distributor"},
    ),
    NotificationKind(
        kind=EvaluationEvent.CONTEST_ANSWERED,
        text=_("Your objection to the evaluation was answered."),
        audiences=(ToPerson(level=NotificationLevel.INFO, key="contested_by"),),
    ),
)
