from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, User
from catalogue.fields import ProductChoiceField
from catalogue.models import Product
from company.iso_codes import check_currency
from core.filters import CodeInput
from core.ui.forms import amount_input, choose_from, visible_choice
from pricing.models import PriceList


class PriceListForm(forms.Form):
    """A new price list of the company; its prices are set afterwards."""

    code = forms.CharField(max_length=64, label=_("Code"))
    name = forms.CharField(max_length=200, label=_("Name"))
    name_zh = forms.CharField(max_length=200, required=False, label=_("Chinese name"))
    currency = forms.CharField(
        max_length=3, validators=[check_currency], label=_("Currency"), help_text=_("Three letters, such as EUR.")
    )
    distributor = visible_choice(
        to_field_name="code",
        widget=CodeInput,
        required=False,
        label=_("Distributor"),
        help_text=_("Leave blank for everybody who orders in this currency."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "distributor", Distributor.objects.visible_to(user).order_by("code"))


class SetPriceForm(forms.Form):
    """A price of a product in a list from a day on."""

    price_list = visible_choice(to_field_name="code", label=_("Price list"))
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    unit = forms.CharField(
        max_length=16,
        required=False,
        label=_("Unit"),
        help_text=_("A unit of the product, such as case. Leave blank for the price of a piece."),
    )
    amount = amount_input(label=_("Unit price"))
    from_quantity = forms.IntegerField(min_value=1, initial=1, label=_("From quantity"))
    starts_on = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=_("Valid from")
    )
    ends_on = forms.DateField(
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        label=_("Valid until"),
        help_text=_("Leave blank until another price takes over."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "price_list", PriceList.objects.visible_to(user))
        choose_from(self, "product", Product.objects.visible_to(user))


class AskPriceForm(forms.Form):
    """For whom, how many, and on which day a price is asked."""

    distributor = visible_choice(to_field_name="code", widget=CodeInput, label=_("Distributor"))
    unit = forms.ChoiceField(required=False, label=_("Unit"))
    quantity = forms.IntegerField(min_value=1, max_value=2**31 - 1, initial=1, label=_("Quantity"))
    on = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=_("On"))

    def __init__(self, *args: Any, user: User, product: Product, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "distributor", Distributor.objects.visible_to(user).order_by("code"))
        units = [(unit.code, str(unit)) for unit in product.units.all()]
        self.fields["unit"].choices = [("", product.unit_label), *units]  # type: ignore[attr-defined]  # it is made as a field of choices above
        if not units:
            del self.fields["unit"]
