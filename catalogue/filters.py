from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from catalogue.enums import ProductStatus
from catalogue.models import Brand, Category, Product
from catalogue.selectors.products import product_search
from core.filters import ListFilterSet, visible_rows


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
        for word in value.split():
            queryset = queryset.filter(product_search(word))
        return queryset

    def in_category(self, queryset: QuerySet[Any], name: str, value: Category) -> QuerySet[Any]:  # noqa: ARG002 - likewise
        below = [category.pk for category in value.descendants(include_self=True)]
        return queryset.filter(category_id__in=below)
