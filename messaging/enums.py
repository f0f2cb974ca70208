from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationLevel(models.TextChoices):
    """How much a notification asks of its reader; the last is the most urgent."""

    INFO = "info", _("For information")
    ACTION = "action", _("To do")
    WARNING = "warning", _("Warning")

    @property
    def rank(self) -> int:
        return list(NotificationLevel).index(self)


class ChannelName(models.TextChoices):
    PAGE = "page", _("Page")
    MAIL = "mail", _("E-mail")
    WEBHOOK = "webhook", _("Chat webhook")


class MessagingTopic(models.TextChoices):
    """Messages of the outbox that report no event."""

    MAIL = "notification.mail", _("Notification by e-mail")
    WEBHOOK = "notification.webhook", _("Notification by chat webhook")
