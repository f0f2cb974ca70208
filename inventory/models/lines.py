"""What the warehouse's documents have in common: who took a step, and lines of a product in units, kept in pieces."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.enums import unit_label
from catalogue.models.product import Product


def person_field(label: Any) -> Any:
    """Who took a step."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=label,
    )


class ProductLine(models.Model):
    """So many of a unit of a product. The unit is empty for the piece."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    unit_pieces = models.PositiveIntegerField(_("pieces of the unit"), default=1)
    quantity = models.PositiveIntegerField(_("quantity"))
    pieces = models.BigIntegerField(_("pieces"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, unit_pieces__gte=1, pieces=F("quantity") * F("unit_pieces")),
                name="%(class)s_pieces_of_units",
            ),
        ]

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language."""
        return unit_label(self.unit or self.product.unit)
