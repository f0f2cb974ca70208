from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.fields import ProductChoiceField
from catalogue.models import Brand, Product
from catalogue.models.unit import MOST_PIECES
from core.actors import Actor
from core.ui.forms import choose_from
from messaging.services.files import ACCEPTED


class ProductForm(forms.ModelForm[Product]):
    """Every fact of a product. It only parses: `save_product` writes."""

    successor = ProductChoiceField(required=False, label=_("Successor"), help_text=_("The code of the product."))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["successor"]
        field.queryset = Product.objects.visible_to(actor)
        self.initial["successor"] = self.instance.successor.code if self.instance.successor else ""

    class Meta:
        model = Product
        widgets = {"last_order_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        fields = (
            "code", "name", "name_zh", "barcode", "brand", "category", "status", "unit", "pack_size",
            "minimum_quantity", "order_multiple", "successor", "last_order_on", "shelf_life_days", "weight", "volume",
            "unit_cost", "description", "description_zh",
        )  # fmt: skip


class ProductFileForm(forms.Form):
    """A picture or a document of a product."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A picture, a PDF or an office document of at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    alt = forms.CharField(
        label=_("Text instead of the picture"),
        max_length=200,
        required=False,
        help_text=_("What a screen reader says; the product's name where it is left blank."),
    )
    alt_zh = forms.CharField(label=_("Text instead of the picture, in Chinese"), max_length=200, required=False)


class ProductUnitForm(forms.Form):
    """A unit of several pieces."""

    code = forms.CharField(label=_("Unit"), max_length=16, help_text=_("Such as case, carton or pallet."))
    pieces = forms.IntegerField(label=_("Pieces"), min_value=2, max_value=MOST_PIECES)
    barcode = forms.CharField(
        label=_("Barcode"), max_length=32, required=False, help_text=_("A GTIN of 8, 12, 13 or 14 digits.")
    )
    is_default = forms.BooleanField(label=_("Usual unit of orders"), required=False)
    weight = forms.DecimalField(label=_("Weight (kg)"), max_digits=12, decimal_places=4, required=False)
    volume = forms.DecimalField(label=_("Volume (m³)"), max_digits=12, decimal_places=6, required=False)


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
