import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.enums import unit_label
from catalogue.gtin import IsGtin
from catalogue.models.product import Product
from catalogue.querysets import ByProductQuerySet

_CHANGED = """(
    SELECT made.id, made.product_id, made.barcode
    FROM made JOIN was ON was.id = made.id
    WHERE (made.barcode, made.product_id) IS DISTINCT FROM (was.barcode, was.product_id)
)"""
_WRITE_CODES = """
INSERT INTO catalogue_productcode (product_id, unit_id, kind, code)
SELECT unit.product_id, unit.id, 'unit_barcode', unit.barcode FROM {units} AS unit WHERE unit.barcode IS NOT NULL;
RETURN NULL;
"""
KEEP_BARCODES = [
    pgtrigger.Trigger(
        name="add_barcodes",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="made"),  # type: ignore[no-untyped-call]  # the package has no types for it
        func=_WRITE_CODES.format(units="made"),
    ),
    pgtrigger.Trigger(
        name="renew_barcodes",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="was", new="made"),  # type: ignore[no-untyped-call]  # the package has no types for it
        func=f"""
DELETE FROM catalogue_productcode AS known USING {_CHANGED} AS unit
WHERE known.unit_id = unit.id AND known.kind = 'unit_barcode';
{_WRITE_CODES.format(units=_CHANGED)}
""",  # noqa: S608 - put together from constants only
    ),
]
"""A unit's barcode is among the codes of its product (`ProductCode`), whoever writes the unit."""

MOST_PIECES = 1_000_000


@pghistory.track()
class ProductUnit(models.Model):
    """A unit of several pieces in which a product is ordered, priced and scanned. Quantities are kept in pieces.

    The piece is the product itself, with its own `unit` and barcode: it is always there and has no row here.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="units", verbose_name=_("product"))
    code = models.CharField(_("unit"), max_length=16, help_text=_("Such as case, carton or pallet."))
    pieces = models.PositiveIntegerField(_("pieces"))
    barcode = models.CharField(
        _("barcode"), max_length=14, null=True, blank=True, help_text=_("A GTIN of 8, 12, 13 or 14 digits.")
    )
    is_default = models.BooleanField(
        _("usual unit of orders"), default=False, db_default=False, help_text=_("Offered first when ordering.")
    )
    weight = models.DecimalField(_("weight (kg)"), max_digits=12, decimal_places=4, null=True, blank=True)
    volume = models.DecimalField(_("volume (m³)"), max_digits=12, decimal_places=6, null=True, blank=True)

    objects = ByProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit of a product")
        verbose_name_plural = _("units of products")
        ordering = ["product", "pieces", "code"]
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="product_unit_once"),
            models.UniqueConstraint(fields=["product"], condition=Q(is_default=True), name="product_unit_one_default"),
            models.CheckConstraint(
                condition=Q(pieces__gte=2, pieces__lte=MOST_PIECES),
                name="product_unit_pieces",
                violation_error_message=_("A unit has between two and a million pieces."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[^[:space:][:punct:]]+$"),
                name="product_unit_code",
                violation_error_message=_("A unit is one word of letters and digits."),
            ),
            models.CheckConstraint(
                condition=Q(barcode__isnull=True) | Q(IsGtin("barcode")),
                name="product_unit_gtin",
                violation_error_message=_(
                    "This is no GTIN: it has 8, 12, 13 or 14 digits, and the last one checks the others."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(weight__isnull=True) | Q(weight__gt=0)) & (Q(volume__isnull=True) | Q(volume__gt=0)),
                name="product_unit_measures_positive",
            ),
        ]
        triggers = KEEP_BARCODES

    def __str__(self) -> str:
        return f"{self.label} ({self.pieces})"

    @property
    def label(self) -> str:
        """The unit in the reader's language."""
        return unit_label(self.code)
