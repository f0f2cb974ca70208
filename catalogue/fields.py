"""Fields in which a person names a product by a code, in any spelling: of the API, of forms and of filters."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django_filters.fields import ModelChoiceField

from catalogue.models import Product
from catalogue.selectors import find_by_code, find_visible_product
from core.api.fields import VisibleField
from core.filters import CodeFilter, CodeInput, visible_rows


class ProductField(VisibleField):
    """A product that the caller sees, named by one of its codes."""

    def __init__(self, model: type[Product] = Product, **options: Any) -> None:
        super().__init__(model, **options)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | int) or isinstance(data, bool) or "\x00" in str(data):
            self.fail("invalid")
        own = self.context["request"].user.distributor_id
        product = find_visible_product(str(data), products=self.get_queryset(), distributor_id=own)
        if product is None:
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(data))
        return product


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """A product, and how many pieces the code that was given stands for: one, or those of a unit."""

    product: Product
    pieces: int


class ScannedField(ProductField):
    """A product named by one of its codes, of which the barcode of a unit counts the pieces of the unit."""

    def to_internal_value(self, data: Any) -> Any:
        product = super().to_internal_value(data)
        meant = find_by_code([str(data)], distributor_id=self.context["request"].user.distributor_id)
        return Scanned(product=product, pieces=meant[str(data)].pieces)


class NamedByCode(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes no argument when it runs
    """A choice of products, read from any of their codes."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, Product):
            return super().to_python(value)
        product = find_visible_product(str(value), products=self.queryset, distributor_id=None)
        if product is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return product


class ProductChoiceField(NamedByCode):
    """A product among those that the form sets from what its reader may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"queryset": Product.objects.none(), "to_field_name": "code", "widget": CodeInput, **options}
        )


class ProductFilterField(NamedByCode, ModelChoiceField):  # type: ignore[misc]  # the package ships no types
    """The field of a filter."""


class ProductFilter(CodeFilter):
    """One product, by one of its codes."""

    field_class = ProductFilterField

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"queryset": visible_rows(Product), **options})
