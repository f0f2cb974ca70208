from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour


class MoveKind(models.TextChoices):
    RECEIPT = "receipt", _("Receipt")
    ADJUSTMENT = "adjustment", _("Adjustment")
    SHIPMENT = "shipment", _("Shipment")
    RETURN = "return", _("Return")
    OPENING = "opening", _("Opening stock")
    COUNT = "count", _("Count")


class InventoryEvent(models.TextChoices):
    STOCK_RECEIVED = "stock.received", _("Stock received")
    STOCK_ADJUSTED = "stock.adjusted", _("Stock adjusted")
    STOCK_REPORTED = "stock.reported", _("Stock reported")


class Availability(models.TextChoices):
    """What a distributor is told of stock: enough to decide, not how much lies there."""

    PLENTY = "plenty", _("In stock")
    FEW = "few", _("Few left")
    NONE = "none", _("Out of stock")

    @property
    def colour(self) -> Colour:
        return {"plenty": Colour.DONE, "few": Colour.WARNING, "none": Colour.DANGER}[self.value]


class Cover(models.TextChoices):
    """How long a distributor's stock lasts, see `inventory.rules.cover_of`."""

    EMPTY = "empty", _("Empty")
    SHORT = "short", _("Short")
    FINE = "fine", _("Fine")
    OVERSTOCKED = "overstocked", _("Overstocked")
    NO_DATA = "no_data", _("No data")

    @property
    def colour(self) -> Colour:
        return {
            "empty": Colour.DANGER,
            "short": Colour.WARNING,
            "fine": Colour.DONE,
            "overstocked": Colour.WARNING,
            "no_data": Colour.DRAFT,
        }[self.value]
