from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.state import legal_values
from messaging.enums import ChannelName
from messaging.querysets import PersonalQuerySet


class Preference(models.Model):
    """Whether a person wants a group of notifications by a channel. Without a row the channel's default holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notification_preferences",
        db_index=False,
        verbose_name=_("person"),
    )
    group = models.CharField(_("group"), max_length=32)
    channel = models.CharField(_("channel"), max_length=16, choices=ChannelName)
    is_on = models.BooleanField(_("on"))

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        ordering = ["person", "group", "channel"]
        constraints = [
            legal_values("channel", ChannelName, "preference_channel_legal"),
            models.UniqueConstraint(fields=["person", "group", "channel"], name="preference_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.channel}: {self.is_on}"
