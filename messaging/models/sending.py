from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.state import legal_values
from messaging.enums import OPEN_SENDINGS, ChannelName, SendingState
from messaging.models.notification import Notification
from messaging.querysets import SendingQuerySet


class Sending(models.Model):
    """A notification on its way to its recipient by one channel: the queue of what is sent, and the log of what was.

    `endpoint` is the server that it goes to. While it is claimed, the one run of its channel is sending it.
    """

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="sendings", db_index=False, verbose_name=_("notification")
    )
    channel = models.CharField(_("channel"), max_length=16, choices=ChannelName)
    endpoint = models.CharField(_("server"), max_length=260)
    state = models.CharField(
        _("status"), max_length=16, choices=SendingState, default=SendingState.WAITING, db_default="waiting"
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, db_default=0)
    available_at = models.DateTimeField(_("not before"))
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True, db_default="")
    repeats = models.PositiveSmallIntegerField(
        _("repeats"), default=0, db_default=0, help_text=_("How often an administrator had it sent again.")
    )
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a notification")
        verbose_name_plural = _("deliveries of notifications")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["channel", "available_at", "id"],
                name="sending_due",
                condition=Q(state__in=OPEN_SENDINGS, claimed_at__isnull=True),
            ),
            models.Index(fields=["channel"], name="sending_claimed", condition=Q(claimed_at__isnull=False)),
            models.Index(fields=["created_at"], name="sending_created"),
        ]
        constraints = [
            legal_values("channel", ChannelName, "sending_channel_legal"),
            legal_values("state", SendingState, "sending_state_legal"),
            models.UniqueConstraint(fields=["notification", "channel"], name="sending_unique_per_channel"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sending_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True) | Q(state__in=OPEN_SENDINGS), name="sending_claimed_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.notification_id}"

    @property
    def number(self) -> str:
        """The same in a retry, another one where it is sent again on purpose: receivers drop a repeat by it."""
        return f"notification-{self.pk}-{self.repeats}"
