from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import PendingHandOverQuerySet


class PendingHandOver(models.Model):
    """What a handover from a later day leaves for that day: the open work and the reports of the person who goes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("current person")
    )
    on = models.DateField(_("from the day"))
    shares = models.JSONField(_("successor by distributor"), default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = PendingHandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending handover")
        verbose_name_plural = _("pending handovers")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shares__isnull=False) & ~models.Q(shares={}), name="pending_hand_over_shares"
            )
        ]
        indexes = [models.Index(fields=["on"], condition=models.Q(done_at__isnull=True), name="pending_hand_over_open")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.on}"
