from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class TransferStatus(ColouredChoices):
    """Of a transfer between warehouses."""

    DRAFT = "draft", Colour.DRAFT, _("Draft")
    SENT = "sent", Colour.WORK, pgettext_lazy("transfer", "In transit")
    PARTLY_RECEIVED = "partly_received", Colour.WARNING, pgettext_lazy("transfer", "Partly received")
    RECEIVED = "received", Colour.DONE, pgettext_lazy("transfer", "Received")
    CANCELLED = "cancelled", Colour.DRAFT, _("Cancelled")


class TransferEvent(models.TextChoices):
    PREPARED = "transfer.prepared", _("Transfer prepared")
    CHANGED = "transfer.changed", _("Transfer changed")
    SENT = "transfer.sent", _("Transfer sent")
    RECEIVED = "transfer.received", _("Transfer received")
    CANCELLED = "transfer.cancelled", _("Transfer cancelled")
