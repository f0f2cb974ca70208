from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class ShipmentStatus(ColouredChoices):
    SHIPPED = "shipped", Colour.WORK, _("In transit")
    DELIVERED = "delivered", Colour.WORK, _("Awaiting receipt")
    RECEIVED = "received", Colour.DONE, _("Received")


class CarrierKind(models.TextChoices):
    MANUAL = "manual", _("Tracked manually")
    HTTP = "http", _("Tracked by HTTP")
