from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class ShipmentStatus(ColouredChoices):
    SHIPPED = "shipped", Colour.WORK, _("On its way")
    DELIVERED = "delivered", Colour.WORK, _("Delivered")
    RECEIVED = "received", Colour.DONE, _("Received")


class CarrierKind(models.TextChoices):
    MANUAL = "manual", _("Tracked by hand")
    HTTP = "http", _("Tracked by HTTP")
