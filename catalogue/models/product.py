from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from accounts.models import Distributor
from accounts.querysets import TreeReferenceQuerySet
from catalogue.enums import ProductStatus, unit_label
from catalogue.querysets import BuyingRightQuerySet, ProductQuerySet, ReferenceQuerySet
from core.codes import NormalCode, unique_code
from core.models import Bilingual, ends_after_start, search_text
from core.money import money_field
from core.state import legal_values

_WRITE_CODES = """
INSERT INTO catalogue_productcode (product_id, kind, code)
SELECT product.id, kept.kind, kept.code
FROM {products} AS product
CROSS JOIN LATERAL (VALUES ('code', product.code), ('barcode', product.barcode)) AS kept (kind, code)
WHERE kept.kind = 'code' OR core_normal_code(kept.code) NOT IN ('', core_normal_code(product.code));
RETURN NULL;
"""
_RENAMED = """(
    SELECT made.id, made.code, made.barcode
    FROM made JOIN was ON was.id = made.id
    WHERE (made.code, made.barcode) IS DISTINCT FROM (was.code, was.barcode)
)"""
_ADD_CODES = _WRITE_CODES.format(products="made")
_RENEW_CODES = f"""
DELETE FROM catalogue_productcode AS known USING {_RENAMED} AS product
WHERE known.product_id = product.id AND known.kind IN ('code', 'barcode');
{_WRITE_CODES.format(products=_RENAMED)}
"""  # noqa: S608 - put together from constants only
KEEP_CODES = [
    pgtrigger.Trigger(
        name="add_codes",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="made"),  # type: ignore[no-untyped-call]  # the package has no types for it
        func=_ADD_CODES,
    ),
    pgtrigger.Trigger(
        name="renew_codes",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="was", new="made"),  # type: ignore[no-untyped-call]  # the package has no types for it
        func=_RENEW_CODES,
    ),
]
"""A product's code and barcode are among its codes (`ProductCode`), whoever writes the product."""


class Brand(Bilingual):
    """A brand of the catalogue."""

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["code"]
        constraints = [unique_code("brand_code_once")]


class Category(Bilingual, TreeNode):  # type: ignore[misc]  # the package ships no types
    """A product group, in a tree."""

    objects = TreeReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["code"]
        constraints = [
            unique_code("category_code_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.display_name


@pghistory.track(exclude=["search_text"])
class Product(Bilingual):
    """An article that is ordered and stocked in whole units."""

    barcode = models.CharField(_("barcode"), max_length=64, null=True, blank=True, unique=True)
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="products", verbose_name=_("brand"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name=_("category"))
    status = models.CharField(_("status"), max_length=16, choices=ProductStatus, default=ProductStatus.ACTIVE)
    unit = models.CharField(_("unit"), max_length=16, default="pcs")
    pack_size = models.PositiveIntegerField(_("pack size"), default=1)
    minimum_quantity = models.PositiveIntegerField(_("minimum quantity"), default=1)
    order_multiple = models.PositiveIntegerField(_("order multiple"), default=1)
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("What is ordered instead, once this product is not ordered any more."),
    )
    last_order_on = models.DateField(
        _("last day to order"), null=True, blank=True, help_text=_("Orders of later days are refused.")
    )
    shelf_life_days = models.PositiveIntegerField(_("shelf life (days)"), null=True, blank=True)
    tracks_lots = models.BooleanField(
        _("stock by lot"), default=False, db_default=False, help_text=_("Every piece of it lies in a lot.")
    )
    tracks_serials = models.BooleanField(
        _("serial numbers"),
        default=False,
        db_default=False,
        help_text=_("Each piece shipped is recorded by its number."),
    )
    weight = models.DecimalField(_("weight (kg)"), max_digits=12, decimal_places=4, null=True, blank=True)
    volume = models.DecimalField(_("volume (m³)"), max_digits=12, decimal_places=6, null=True, blank=True)
    family = models.ForeignKey(
        "catalogue.ProductFamily",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("product family"),
    )
    variant = models.JSONField(
        _("values of the family's attributes"), default=dict, blank=True, help_text=_("Keyed by attribute code.")
    )
    unit_cost = money_field(verbose_name=_("unit cost"), default=Decimal(0))
    description = models.TextField(_("description"), blank=True)
    description_zh = models.TextField(_("description, in Chinese"), blank=True)
    pinyin = models.CharField(_("pinyin initials"), max_length=64, blank=True, editable=False)
    search_text = search_text(
        "code", "barcode", NormalCode("code"), Coalesce(NormalCode("barcode"), Value("")), "name", "name_zh", "pinyin"
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["code"], name="product_in_order"),
            models.Index(NormalCode("code"), name="product_by_code"),  # unique among the codes: ProductCode
        ]
        constraints = [
            legal_values("status", ProductStatus, "product_status_legal"),
            models.CheckConstraint(
                condition=Q(pack_size__gte=1) & Q(minimum_quantity__gte=1) & Q(order_multiple__gte=1),
                name="product_steps_positive",
            ),
            models.CheckConstraint(
                condition=(Q(weight__isnull=True) | Q(weight__gt=0))
                & (Q(volume__isnull=True) | Q(volume__gt=0))
                & (Q(shelf_life_days__isnull=True) | Q(shelf_life_days__gt=0)),
                name="product_measures_positive",
                violation_error_message=_("Enter a number above zero."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="product_not_its_own_successor",
                violation_error_message=_("A product cannot be its own successor."),
            ),
            models.CheckConstraint(
                condition=Q(family__isnull=False) | Q(variant={}),
                name="product_variant_of_family",
                violation_error_message=_("Only products of a family have attribute values."),
            ),
            models.UniqueConstraint(
                fields=["family", "variant"],
                name="product_variant_once",
                condition=~Q(variant={}),
                violation_error_message=_("The family already has a product with these values."),
            ),
        ]
        triggers = KEEP_CODES

    def get_absolute_url(self) -> str:
        return reverse("inventory:product", args=[self.code])

    @property
    def is_off_sale(self) -> bool:
        return self.status != ProductStatus.ACTIVE

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language."""
        return unit_label(self.unit)


class BuyingRight(models.Model):
    """A distributor may buy a whole brand, or one product, for a time.

    What has a source (an agreement) was granted by it and is taken back by it; the others are set by a person.
    """

    distributor = models.ForeignKey(
        Distributor, models.CASCADE, related_name="buying_rights", verbose_name=_("distributor")
    )
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    source_type = models.CharField(_("source"), max_length=32, blank=True, default="", db_default="", editable=False)
    source_id = models.BigIntegerField(_("number of the source"), null=True, blank=True, editable=False)

    objects = BuyingRightQuerySet.as_manager()

    class Meta:
        verbose_name = _("buying right")
        verbose_name_plural = _("buying rights")
        ordering = ["distributor", "id"]
        indexes = [
            models.Index(fields=["distributor", "brand"], name="buying_right_brand"),
            models.Index(fields=["distributor", "product"], name="buying_right_product"),
            models.Index(fields=["source_type", "source_id"], name="buying_right_source", condition=~Q(source_type="")),
        ]
        constraints = [
            ends_after_start("buying_right_dates"),
            models.CheckConstraint(
                condition=Q(brand__isnull=False, product__isnull=True) | Q(brand__isnull=True, product__isnull=False),
                name="buying_right_brand_or_product",
            ),
            models.UniqueConstraint(
                fields=["distributor", "brand", "product", "starts_on", "source_type", "source_id"],
                name="buying_right_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(source_type="", source_id__isnull=True) | (~Q(source_type="") & Q(source_id__isnull=False)),
                name="buying_right_source_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.distributor_id}: {self.brand_id or self.product_id}"
