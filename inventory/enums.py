from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour


class ProductStatus(models.TextChoices):
    ACTIVE = "active", _("On sale")
    PAUSED = "paused", _("Paused")
    DISCONTINUED = "discontinued", _("Discontinued")

    @property
    def colour(self) -> Colour:
        return {"active": Colour.DONE, "paused": Colour.SOON, "discontinued": Colour.DRAFT}[self.value]


class MoveKind(models.TextChoices):
    RECEIPT = "receipt", _("Receipt")
    ADJUSTMENT = "adjustment", _("Adjustment")
    SHIPMENT = "shipment", _("Shipment")
    RETURN = "return", _("Return")
    OPENING = "opening", _("Opening stock")


class InventoryEvent(models.TextChoices):
    STOCK_RECEIVED = "stock.received", _("Stock received")
    STOCK_ADJUSTED = "stock.adjusted", _("Stock adjusted")
    PRODUCT_CHANGED = "product.changed", _("Product changed")
