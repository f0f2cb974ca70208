from django.db import models
from django.db.models import GeneratedField, Q, TextField
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.enums import CodeKind
from catalogue.models.product import Product
from catalogue.models.unit import ProductUnit
from catalogue.querysets import ProductCodeQuerySet
from core.codes import NormalCode
from core.state import legal_values


class ProductCode(models.Model):
    """One of the codes by which a product is found: shared by all, or a distributor's own.

    `normal` is what is compared: two shared codes never have the same, nor do two own ones of one distributor. A
    distributor's own code may be written like another product's shared one: for that distributor its own goes first.
    `unit` is the unit that the code means, nobody for the piece. The product's code and barcode and those of its units
    are kept here by triggers; the other kinds are entered.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="codes", verbose_name=_("product"))
    unit = models.ForeignKey(
        ProductUnit,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="codes",
        verbose_name=_("unit"),
        help_text=_("The unit that the code stands for. Leave blank for a piece."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=CodeKind)
    distributor = models.ForeignKey(
        Distributor,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="product_codes",
        verbose_name=_("distributor"),
        help_text=_("The distributor whose own code it is. Leave blank for a shared code."),
    )
    code = models.CharField(_("code"), max_length=64)
    normal = GeneratedField(expression=NormalCode("code"), output_field=TextField(), db_persist=True)

    objects = ProductCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("product code")
        verbose_name_plural = _("product codes")
        ordering = ["product", "id"]
        constraints = [
            legal_values("kind", CodeKind, "product_code_kind_legal"),
            models.CheckConstraint(
                condition=Q(kind=CodeKind.OWN, distributor__isnull=False)
                | (~Q(kind=CodeKind.OWN) & Q(distributor__isnull=True)),
                name="product_code_owner",
            ),
            models.CheckConstraint(condition=~Q(normal=""), name="product_code_not_empty"),
            models.CheckConstraint(
                condition=Q(kind=CodeKind.UNIT_BARCODE, unit__isnull=False)
                | Q(kind=CodeKind.OWN)
                | (~Q(kind__in=[CodeKind.UNIT_BARCODE, CodeKind.OWN]) & Q(unit__isnull=True)),
                name="product_code_unit",
            ),
            models.UniqueConstraint(fields=["normal", "distributor"], name="product_code_once", nulls_distinct=False),
            models.UniqueConstraint(
                fields=["product", "kind"],
                name="product_code_one_of_kind",
                condition=Q(kind__in=[CodeKind.CODE, CodeKind.BARCODE]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.get_kind_display()})"
