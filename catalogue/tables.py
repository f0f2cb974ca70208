"""Lists of the catalogue."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import ProductAttribute, ProductCode, ProductFamily
from core.tables import FileColumn, LinkColumn, ListTable, QuantityColumn


class FamilyTable(ListTable):
    phone_fields = ("display_name", "variants")
    code = LinkColumn(verbose_name=_("code"))
    display_name = tables.Column(verbose_name=_("name"), exclude_from_export=True)
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    category = tables.Column(accessor="category__display_name", verbose_name=_("category"))
    category_code = FileColumn(accessor="category__code", verbose_name=_("category code"))
    variants = QuantityColumn(verbose_name=_("variants"))

    class Meta:
        model = ProductFamily
        fields = ("code", "display_name", "plain_name", "name_zh", "category", "category_code", "variants")


class VariantTable(ListTable):
    """The products of families with their values, as an import takes them again."""

    family_code = FileColumn(accessor="family__code", verbose_name=_("family code"))
    family_name = FileColumn(accessor="family__name", verbose_name=_("family name"))
    family_name_zh = FileColumn(accessor="family__name_zh", verbose_name=_("Chinese name"))
    category = FileColumn(accessor="family__category__display_name", verbose_name=_("category"))
    category_code = FileColumn(accessor="family__category__code", verbose_name=_("category code"))
    product_code = FileColumn(accessor="code", verbose_name=_("product code"))
    product = FileColumn(accessor="display_name", verbose_name=_("product name"))
    first = FileColumn(accessor="values_in_words__0", verbose_name=_("first attribute"))
    second = FileColumn(accessor="values_in_words__1", verbose_name=_("second attribute"))
    third = FileColumn(accessor="values_in_words__2", verbose_name=_("third attribute"))

    class Meta:
        fields = (
            "family_code", "family_name", "family_name_zh", "category", "category_code", "product_code", "product", "first",
            "second", "third",
        )  # fmt: skip


class AttributeTable(ListTable):
    phone_fields = ("category", "value_labels")
    display_name = LinkColumn(verbose_name=_("name"), exclude_from_export=True)
    code = tables.Column(verbose_name=_("code"))
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    category = tables.Column(accessor="category__display_name", verbose_name=_("category"))
    category_code = FileColumn(accessor="category__code", verbose_name=_("category code"))
    position = QuantityColumn(verbose_name=_("position"))
    value_labels = tables.Column(verbose_name=_("values"), exclude_from_export=True)
    written_choices = FileColumn(verbose_name=_("values"))

    class Meta:
        model = ProductAttribute
        fields = (
            "display_name", "code", "plain_name", "name_zh", "category", "category_code", "position", "value_labels",
            "written_choices",
        )  # fmt: skip


class DistributorCodeTable(ListTable):
    phone_fields = ("product_name", "unit", "distributor")
    code = LinkColumn(url=lambda row: reverse("catalogue:distributor-code", args=[row.pk]), verbose_name=_("own code"))
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    unit = tables.Column(accessor="unit__label", verbose_name=_("unit"))
    distributor = LinkColumn(accessor="distributor__display_name", to="distributor", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    unit_code = FileColumn(accessor="unit__code", verbose_name=_("unit code"))

    class Meta:
        model = ProductCode
        fields = ("code", "product", "product_name", "unit", "distributor", "distributor_code", "unit_code")
