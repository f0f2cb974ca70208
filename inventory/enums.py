from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


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
    ROUTE_OPENED = "supply_route.opened", _("Supply route opened")
    STOCK_REPORTED = "stock.reported", _("Stock reported")


class Availability(ColouredChoices):
    """What a distributor sees of stock: enough to decide, not the quantity."""

    PLENTY = "plenty", Colour.DONE, _("In stock")
    FEW = "few", Colour.WARNING, _("Low stock")
    NONE = "none", Colour.DANGER, _("Out of stock")


class Cover(ColouredChoices):
    """How long a distributor's stock lasts, see `inventory.rules.cover_of`."""

    EMPTY = "empty", Colour.DANGER, _("Out of stock")
    SHORT = "short", Colour.WARNING, _("Low")
    FINE = "fine", Colour.DONE, _("OK")
    OVERSTOCKED = "overstocked", Colour.WARNING, _("Overstocked")
    NO_DATA = "no_data", Colour.DRAFT, _("No data")
