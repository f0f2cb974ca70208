from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import Brand, Product
from core.ui.forms import choose_from


class ProductForm(forms.ModelForm[Product]):
    """Every fact of a product. It only parses: `save_product` writes."""

    class Meta:
        model = Product
        fields = (
            "code", "name", "name_zh", "barcode", "brand", "category", "status", "unit", "pack_size",
            "minimum_quantity", "order_multiple", "unit_cost", "description", "description_zh",
        )  # fmt: skip


class BuyingRightsForm(forms.Form):
    """What a distributor may buy from a day on."""

    starts_on = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=_("Valid from")
    )
    brands = forms.ModelMultipleChoiceField(
        queryset=Brand.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=_("All products of a brand"),
    )
    products = forms.ModelMultipleChoiceField(
        queryset=Product.objects.none(), required=False, label=_("Individual products")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "brands", Brand.objects.visible_to(user))
        choose_from(self, "products", Product.objects.visible_to(user).order_by("code"))
