from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices

DROP_SHIPMENT: Final = "drop_shipment"
"""The type of subject of a shipment as its consignee sees it."""


class ShipmentStatus(ColouredChoices):
    SHIPPED = "shipped", Colour.WORK, _("In transit")
    DELIVERED = "delivered", Colour.WORK, _("Awaiting receipt")
    RECEIVED = "received", Colour.DONE, _("Received")


class DifferenceKind(models.TextChoices):
    """Why fewer pieces came than were shipped."""

    SHORT = "short", _("Short shipment")
    DAMAGED = "damaged", _("Damaged")
    WRONG = "wrong", _("Wrong product")
    EXPIRED = "expired", _("Expired")
    OTHER = "other", pgettext_lazy("reason of a difference", "Other")


class CarrierKind(models.TextChoices):
    MANUAL = "manual", _("Tracked manually")
    HTTP = "http", _("Tracked by HTTP")
