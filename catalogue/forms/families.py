"""The forms of product families and attributes. They only parse: the services write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category, Product, ProductAttribute, ProductFamily
from catalogue.rules.variants import LONGEST_VALUE, Axis, Choice
from catalogue.selectors import axes_of, find_by_shared_code
from core.actors import Actor
from core.sentences import listed
from core.ui.forms import choose_from, visible_choice

MOST_ADDED = 200


class FamilyForm(forms.Form):
    """A family, and the category whose attributes its products differ in."""

    code = forms.CharField(label=_("code"), max_length=64)
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    category = visible_choice(
        label=_("category"), help_text=_("The family uses the attributes of this category, or of the one above it.")
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "category", Category.objects.visible_to(actor).order_by("code"))


class AttributeForm(forms.Form):
    """An attribute with its values, a line each."""

    category = visible_choice(label=_("category"), help_text=_("Also applies to the categories below."))
    code = forms.CharField(label=_("code"), max_length=32, validators=[validate_slug])
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    position = forms.IntegerField(
        label=_("position"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("The first makes the rows of a grid, the second its columns."),
    )
    choices = forms.CharField(
        label=_("values"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One per line: code, or code | name | Chinese name. If there are none, values are free text."),
    )

    def __init__(self, *args: Any, actor: Actor, attribute: ProductAttribute | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if attribute is None:
            choose_from(self, "category", Category.objects.visible_to(actor).order_by("code"))
            return
        del self.fields["category"], self.fields["code"]
        self.initial = {name: getattr(attribute, name) for name in ("name", "name_zh", "position")}
        self.initial["choices"] = "\n".join(choice.written for choice in attribute.axis.choices)

    def clean_choices(self) -> list[Choice]:
        lines = (line.split("|") for line in self.cleaned_data["choices"].splitlines() if line.strip())
        parts = ([part.strip() for part in line] + ["", ""] for line in lines)
        return [Choice(code=code, name=name or code, name_zh=name_zh) for code, name, name_zh, *_more in parts]


@dataclass(frozen=True, kw_only=True)
class VariantRow:
    """The fields of one product."""

    product: Product
    fields: Sequence[forms.BoundField]
    taken_out: forms.BoundField


class VariantsForm(forms.Form):
    """The values of each product of a family: a field a product and attribute, named `<product id>.<attribute>`."""

    codes = forms.CharField(
        label=_("Add products"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Product codes, one per line."),
    )

    def __init__(self, *args: Any, family: ProductFamily, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.visible = Product.objects.visible_to(actor)
        self.products = list(self.visible.filter(family=family).order_by("code"))
        self.axes = axes_of(family)
        for product in self.products:
            for axis in self.axes:
                self.fields[f"{product.pk}.{axis.code}"] = _value_field(axis, product)
                self.initial[f"{product.pk}.{axis.code}"] = product.variant.get(axis.code, "")
            label = gettext("Take %(code)s out") % {"code": product.code}
            self.fields[f"{product.pk}.out"] = forms.BooleanField(required=False, label=label)

    def rows(self) -> Iterator[VariantRow]:
        for product in self.products:
            fields = [self[f"{product.pk}.{axis.code}"] for axis in self.axes]
            yield VariantRow(product=product, fields=fields, taken_out=self[f"{product.pk}.out"])

    def clean_codes(self) -> list[Product]:
        """The products that are to be added, in any spelling of their codes."""
        codes = list(dict.fromkeys(line.strip() for line in self.cleaned_data["codes"].splitlines() if line.strip()))
        meant = find_by_shared_code(codes[:MOST_ADDED])
        known = self.visible.in_bulk(meant.values())
        unknown = [code for code in codes if meant.get(code) not in known]
        if unknown:
            message = gettext("No product has this code: %(codes)s.") % {"codes": listed(unknown[:10])}
            raise forms.ValidationError(message, code="unknown_product")
        return list(known.values())

    def values(self) -> Mapping[int, Mapping[str, str]]:
        """The values of the products that stay, by product and attribute."""
        out = self.taken_out()
        return {
            product.pk: {axis.code: self.cleaned_data[f"{product.pk}.{axis.code}"] for axis in self.axes}
            for product in self.products
            if product.pk not in out
        }

    def taken_out(self) -> set[int]:
        return {product.pk for product in self.products if self.cleaned_data[f"{product.pk}.out"]}


def _value_field(axis: Axis, product: Product) -> forms.Field:
    label = f"{axis.label}: {product.code}"
    if axis.choices:
        offered = [("", "–"), *((choice.code, choice.label) for choice in axis.choices)]
        return forms.ChoiceField(label=label, required=False, choices=offered)
    return forms.CharField(label=label, required=False, max_length=LONGEST_VALUE)
