from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour


class ProductStatus(models.TextChoices):
    ACTIVE = "active", _("On sale")
    PAUSED = "paused", _("Paused")
    DISCONTINUED = "discontinued", _("Discontinued")

    @property
    def colour(self) -> Colour:
        return {"active": Colour.DONE, "paused": Colour.WARNING, "discontinued": Colour.DRAFT}[self.value]


class CodeKind(models.TextChoices):
    """`CODE` and `BARCODE` are the product's own fields; the others are entered one by one."""

    CODE = "code", _("Code")
    BARCODE = "barcode", _("Barcode")
    UNIT_BARCODE = "unit_barcode", _("Barcode of a unit")
    OWN = "own", _("Distributor's own code")


ENTERED_KINDS = (CodeKind.UNIT_BARCODE, CodeKind.OWN)


class CatalogueEvent(models.TextChoices):
    PRODUCT_CHANGED = "product.changed", _("Product changed")
    CODE_ADDED = "product_code.added", _("Product code added")
    CODE_REMOVED = "product_code.removed", _("Product code removed")
    RIGHTS_CHANGED = "buying_rights.changed", _("Buying rights changed")
