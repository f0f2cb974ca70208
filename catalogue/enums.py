from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.db import models
from django.utils import translation
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
    "tray": pgettext_lazy("unit", "tray"),
    "bundle": pgettext_lazy("unit", "bundle"),
    "layer": pgettext_lazy("unit", "layer"),
    "pallet": pgettext_lazy("unit", "pallet"),
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


@cache
def unit_words() -> Mapping[str, str]:
    """The units by what they are called in each language, in small letters."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label).lower(): unit for unit, label in UNIT_LABELS.items()}
    return found


class CodeKind(models.TextChoices):
    """`CODE` and `BARCODE` are fields of the product, `UNIT_BARCODE` of its units; the others are entered one by one."""

    CODE = "code", _("Code")
    BARCODE = "barcode", _("Barcode")
    UNIT_BARCODE = "unit_barcode", _("Barcode of a unit")
    FURTHER_BARCODE = "further_barcode", _("Further barcode")
    OWN = "own", _("Distributor's own code")


ENTERED_KINDS = (CodeKind.FURTHER_BARCODE, CodeKind.OWN)


class CatalogueEvent(models.TextChoices):
    PRODUCT_CHANGED = "product.changed", _("Product changed")
    UNITS_CHANGED = "product_units.changed", _("Units of a product changed")
    FAMILY_CHANGED = "product_family.changed", _("Product family changed")
    FAMILY_REMOVED = "product_family.removed", _("Product family removed")
    VARIANTS_CHANGED = "product_family.variants", _("Variants of a product family changed")
    ATTRIBUTE_CHANGED = "product_attribute.changed", _("Attribute of products changed")
    ATTRIBUTE_REMOVED = "product_attribute.removed", _("Attribute of products removed")
    FILE_ADDED = "product_file.added", _("File of a product added")
    FILE_REMOVED = "product_file.removed", _("File of a product removed")
    FILE_FIRST = "product_file.first", _("File of a product put first")
    CODE_ADDED = "product_code.added", _("Product code added")
    CODE_CHANGED = "product_code.changed", _("Product code changed")
    CODE_REMOVED = "product_code.removed", _("Product code removed")
    RIGHTS_CHANGED = "buying_rights.changed", _("Buying rights changed")
