from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from messaging.models import ConversationMessage
from orders.changes.querysets import HoldQuestionQuerySet
from orders.ordering.models import OrderHold


class HoldQuestion(models.Model):
    """What the seller asks about a hold and the buyer answers: two messages of the order's conversation."""

    hold = models.ForeignKey(OrderHold, models.CASCADE, related_name="questions", verbose_name=_("hold of an order"))
    question = models.OneToOneField(ConversationMessage, models.PROTECT, related_name="+", verbose_name=_("question"))
    answer = models.OneToOneField(
        ConversationMessage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answer")
    )

    objects = HoldQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a hold")
        verbose_name_plural = _("questions about holds")
        ordering = ["hold", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hold"], condition=Q(answer__isnull=True), name="hold_question_once_unanswered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id}/{self.pk}"
