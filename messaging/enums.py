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


class Work(ColouredChoices):
    """What can wait for somebody on the first page, in the order in which it presses."""

    LATE = "late", Colour.DANGER, _("Late")
    GAP = "gap", Colour.DANGER, _("Unassigned")
    ON_HOLD = "on_hold", Colour.DANGER, _("On hold")
    CLAIM_OVERDUE = "claim_overdue", Colour.DANGER, _("Delivery claim overdue")
    SOON_LATE = "soon_late", Colour.WARNING, _("At risk")
    CHANGE_REQUESTED = "change_requested", Colour.WARNING, _("Change requested")
    ANSWERED = "answered", Colour.WORK, _("Question answered")
    TO_ANSWER = "to_answer", Colour.WARNING, _("Question to answer")
    TO_CONFIRM = "to_confirm", Colour.WARNING, _("Above the limit of the buyer")
    CHANGE_TO_CONFIRM = "change_to_confirm", Colour.WARNING, _("Change above the limit of the buyer")
    TO_APPROVE = "to_approve", Colour.WORK, _("To approve")
    RETURN_TO_DECIDE = "return_to_decide", Colour.WORK, _("Return to decide")
    TO_PICK = "to_pick", Colour.WORK, _("To pick")
    TO_SHIP = "to_ship", Colour.WORK, _("To ship")
    TO_RECEIVE = "to_receive", Colour.WORK, _("To receive")
    DROP_SHIPMENT = "drop_shipment", Colour.WORK, _("Drop shipment to receive")
    CLAIM = "claim", Colour.WARNING, _("Delivery claim to decide")
    SURPLUS = "surplus", Colour.WARNING, _("Goods that nobody ordered")
    RETURN_TO_RECEIVE = "return_to_receive", Colour.WORK, _("Return to receive")
    RETURN_TO_INSPECT = "return_to_inspect", Colour.WORK, _("Return to inspect")
    RETURN_TO_SEND = "return_to_send", Colour.WORK, _("Return to send")
    CONTESTED = "contested", Colour.WORK, _("Evaluation contested")
    EMPTY = "empty", Colour.DANGER, _("Out of stock")
    OVERSTOCKED = "overstocked", Colour.WARNING, _("Overstocked")
    ENDING = "ending", Colour.WARNING, _("Responsibility ends")
    YEAR_ENDING = "year_ending", Colour.WARNING, _("Business year ends")
    DRAFT = "draft", Colour.DRAFT, _("Draft not placed")
