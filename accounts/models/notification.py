from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import NotificationLevel
from accounts.querysets import NotificationQuerySet
from core.state import legal_values


class Notification(models.Model):
    """Something a person must know or do. `kind` and `params` make the text in the reader's language."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=64)
    level = models.CharField(_("level"), max_length=16, choices=NotificationLevel, default=NotificationLevel.INFO)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    link = models.CharField(_("link"), max_length=300, blank=True)
    dedupe_key = models.CharField(_("once per"), max_length=128)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["recipient", "-created_at", "-id"], name="notification_recipient")]
        constraints = [
            legal_values("level", NotificationLevel, "notification_level_legal"),
            models.UniqueConstraint(fields=["recipient", "dedupe_key"], name="notification_once"),
        ]

    def __str__(self) -> str:
        return self.kind
