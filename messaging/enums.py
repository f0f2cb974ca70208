from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


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


class ChatKind(models.TextChoices):
    """What a robot of a chat understands."""

    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")
    GENERIC = "generic", _("Other (JSON)")


class SendingState(ColouredChoices):
    """Where a notification is on its way by one channel."""

    WAITING = "waiting", Colour.WORK, pgettext_lazy("delivery", "Waiting")
    RETRYING = "retrying", Colour.WARNING, pgettext_lazy("delivery", "Will be tried again")
    FAILED = "failed", Colour.DANGER, pgettext_lazy("delivery", "Failed")
    SENT = "sent", Colour.DONE, pgettext_lazy("delivery", "Sent")
    SKIPPED = "skipped", Colour.DRAFT, pgettext_lazy("delivery", "Not needed any more")


OPEN_SENDINGS = (SendingState.WAITING.value, SendingState.RETRYING.value)


class ConversationEvent(models.TextChoices):
    """`POSTED` stands in the activity of the subject; the others are about the message, whose readers alone see them."""

    POSTED = "conversation.posted", pgettext_lazy("event", "Message written")
    TOLD = "conversation.told", pgettext_lazy("event", "People notified of a message")
    INTERNAL = "conversation.internal", pgettext_lazy("event", "Internal message written")
    WITHDRAWN = "conversation.withdrawn", pgettext_lazy("event", "Message withdrawn")
    MENTIONED = "mention.made", pgettext_lazy("event", "People mentioned in a message")


MESSAGE_KINDS = (ConversationEvent.TOLD, ConversationEvent.INTERNAL, ConversationEvent.MENTIONED)
"""Events of which the people concerned are notified that somebody wrote to them."""
