from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices
from core.errors import Message


class ProductStatus(ColouredChoices):
    ACTIVE = "active", Colour.DONE, _("On sale")
    PAUSED = "paused", Colour.WARNING, _("Paused")
    DISCONTINUED = "discontinued", Colour.DRAFT, _("Discontinued")


UNIT_LABELS: Mapping[str, Message] = {
    "pcs": pgettext_lazy("unit", "pcs"),
    "set": pgettext_lazy("unit", "set"),
    "box": pgettext_lazy("unit", "box"),
    "tin": pgettext_lazy("unit", "tin"),
    "bag": pgettext_lazy("unit", "bag"),
    "bottle": pgettext_lazy("unit", "bottle"),
    "case": pgettext_lazy("unit", "case"),
    "carton": pgettext_lazy("unit", "carton"),
    "pack": pgettext_lazy("unit", "pack"),
    "pair": pgettext_lazy("unit", "pair"),
    "roll": pgettext_lazy("unit", "roll"),
    "kg": pgettext_lazy("unit", "kg"),
    "g": pgettext_lazy("unit", "g"),
    "l": pgettext_lazy("unit", "l"),
    "m": pgettext_lazy("unit", "m"),
}


def unit_label(unit: str) -> str:
    """A unit in the reader's language; one that is not known here stays as it was entered."""
    return str(UNIT_LABELS.get(unit.strip().lower(), unit))


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
