from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from accounts.models import Distributor
from accounts.permissions import is_brand
from catalogue.enums import CodeKind, ProductStatus
from catalogue.fields import ProductFilter
from catalogue.models import (
    Brand,
    Category,
    Product,
    ProductAttribute,
    ProductCode,
    ProductFamily,
    ProductFile,
    ProductUnit,
)
from catalogue.rules.completeness import criteria, is_incomplete
from core.filters import CodeFilter, ListFilterSet, visible_rows

ANYTHING = "any"


def _criteria() -> list[tuple[str, Any]]:
    return [(ANYTHING, _("Anything")), *((criterion.key, criterion.label) for criterion in criteria())]


class ProductFilterSet(ListFilterSet):
    """Products by words, brand, category (with those below it) and status."""

    search_fields = ("code",)
    brand = ModelChoiceFilter(queryset=visible_rows(Brand), to_field_name="code", label=_("Brand"))
    category = ModelChoiceFilter(
        queryset=visible_rows(Category), to_field_name="code", method="in_category", label=_("Category")
    )
    status = ChoiceFilter(choices=ProductStatus.choices, label=_("Status"))
    family = CodeFilter(queryset=visible_rows(ProductFamily), label=_("Product family"))
    missing = ChoiceFilter(method="lacking", choices=_criteria, label=_("Missing data"))

    class Meta:
        model = Product
        fields = ("brand", "category", "status", "family", "missing")

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        products: Any = queryset
        found: QuerySet[Any] = products.matching(value, distributor_id=self.request.user.distributor_id)
        return found

    def lacking(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """For the brand's people: what is missing of a product is not the distributors' concern."""
        if not is_brand(self.request.user):
            return queryset.none()
        if value == ANYTHING:
            return queryset.filter(is_incomplete())
        asked = {criterion.key: criterion for criterion in criteria()}
        return queryset.filter(asked[value].lacks())

    def in_category(self, queryset: QuerySet[Any], _name: str, value: Category) -> QuerySet[Any]:
        below = [category.pk for category in value.descendants(include_self=True)]
        return queryset.filter(category_id__in=below)


class ProductCodeFilterSet(ListFilterSet):
    """Codes by product, kind and distributor."""

    product = ProductFilter(label=_("Product"))
    kind = ChoiceFilter(choices=CodeKind.choices, label=_("Kind"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))

    class Meta:
        model = ProductCode
        fields = ("product", "kind", "distributor")


class DistributorCodeFilterSet(ListFilterSet):
    """Own codes by words (of the code or of the product), product and distributor."""

    search_fields = ("code", "normal", "product__search_text")
    product = ProductFilter(label=_("Product"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))

    class Meta:
        model = ProductCode
        fields = ("product", "distributor")


class ProductUnitFilterSet(ListFilterSet):
    """Units by product."""

    product = ProductFilter(label=_("Product"))

    class Meta:
        model = ProductUnit
        fields = ("product",)


class ProductFileFilterSet(ListFilterSet):
    """Files by product."""

    product = ProductFilter(label=_("Product"))

    class Meta:
        model = ProductFile
        fields = ("product",)


class FamilyFilterSet(ListFilterSet):
    """Families by words and category."""

    search_fields = ("code", "name", "name_zh")
    category = ModelChoiceFilter(queryset=visible_rows(Category), to_field_name="code", label=_("Category"))

    class Meta:
        model = ProductFamily
        fields = ("category",)


class AttributeFilterSet(ListFilterSet):
    """Attributes by words and category."""

    search_fields = ("code", "name", "name_zh")
    category = ModelChoiceFilter(queryset=visible_rows(Category), to_field_name="code", label=_("Category"))

    class Meta:
        model = ProductAttribute
        fields = ("category",)
