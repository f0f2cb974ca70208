from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from accounts.models import Distributor
from catalogue.enums import CodeKind, ProductStatus
from catalogue.fields import ProductFilter
from catalogue.models import Brand, Category, Product, ProductCode
from core.filters import CodeFilter, ListFilterSet, visible_rows


class ProductFilterSet(ListFilterSet):
    """Products by words, brand, category (with those below it) and status."""

    search_fields = ("code",)
    brand = ModelChoiceFilter(queryset=visible_rows(Brand), to_field_name="code", label=_("Brand"))
    category = ModelChoiceFilter(
        queryset=visible_rows(Category), to_field_name="code", method="in_category", label=_("Category")
    )
    status = ChoiceFilter(choices=ProductStatus.choices, label=_("Status"))

    class Meta:
        model = Product
        fields = ("brand", "category", "status")

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002 - its signature
        products: Any = queryset
        found: QuerySet[Any] = products.matching(value, distributor_id=self.request.user.distributor_id)
        return found

    def in_category(self, queryset: QuerySet[Any], name: str, value: Category) -> QuerySet[Any]:  # noqa: ARG002 - likewise
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
