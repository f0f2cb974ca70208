from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Event
from core.state import legal_values
from messaging.enums import NotificationLevel
from messaging.querysets import NotificationQuerySet


class Notification(models.Model):
    """An event that a person must know of or act on. Text and link are built at display, for whoever reads it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notifications",
        db_index=False,
        verbose_name=_("recipient"),
    )
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="notifications", db_index=False, verbose_name=_("event")
    )
    kind = models.CharField(_("kind"), max_length=64)
    subject_type = models.CharField(_("subject"), max_length=32)
    subject_id = models.BigIntegerField(_("subject number"))
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    level = models.CharField(_("level"), max_length=16, choices=NotificationLevel, default=NotificationLevel.INFO)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["recipient", "-created_at", "-id"], name="notification_recipient")]
        constraints = [
            legal_values("level", NotificationLevel, "notification_level_legal"),
            models.UniqueConstraint(fields=["event", "recipient"], name="notification_unique"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(read_at__isnull=False),
                name="notification_acknowledged_is_read",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
