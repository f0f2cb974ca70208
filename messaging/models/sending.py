from django.db import models
from django.utils.translation import gettext_lazy as _

from core.state import legal_values
from messaging.enums import ChannelName
from messaging.models.notification import Notification
from messaging.querysets import SendingQuerySet


class Sending(models.Model):
    """A notification on its way to its recipient by one channel. Attempts and errors are those of the outbox's message."""

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="sendings", db_index=False, verbose_name=_("notification")
    )
    channel = models.CharField(_("channel"), max_length=16, choices=ChannelName)
    # No foreign key: the outbox forgets what was delivered.
    message_id = models.BigIntegerField(_("outbox message number"), unique=True)
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    was_needed = models.BooleanField(
        _("needed"), default=True, db_default=True, help_text=_("Not where the recipient had read it before.")
    )

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a notification")
        verbose_name_plural = _("deliveries of notifications")
        ordering = ["-id"]
        constraints = [
            legal_values("channel", ChannelName, "sending_channel_legal"),
            models.UniqueConstraint(fields=["notification", "channel"], name="sending_unique_per_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.notification_id}"
