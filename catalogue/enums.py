from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class ProductStatus(ColouredChoices):
    ACTIVE = "active", Colour.DONE, _("On sale")
    PAUSED = "paused", Colour.WARNING, _("Paused")
    DISCONTINUED = "discontinued", Colour.DRAFT, _("Discontinued")


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
