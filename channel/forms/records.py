"""Forms of what is kept of a distributor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, Territory, User
from channel.enums import AddressKind, ContactKind
from company.iso_codes import check_country, check_currency
from core.ui.forms import choose_from, day_input


class RecordForm(forms.Form):
    """What every record has. The first of its kind is the default anyway."""

    is_default = forms.BooleanField(
        label=_("default"), required=False, help_text=_("Takes the place of the current default of this kind.")
    )

    def __init__(self, *args: Any, viewer: User, distributor: Distributor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.distributor = viewer, distributor

    def values(self) -> dict[str, Any]:
        """Cleaned data as the services take it: related rows by id."""
        return {
            (f"{name}_id" if name == "territory" else name): (
                getattr(value, "pk", None) if name == "territory" else value
            )
            for name, value in self.cleaned_data.items()
        }


class AddressForm(RecordForm):
    kind = forms.ChoiceField(label=_("kind"), choices=AddressKind.choices)
    name = forms.CharField(
        label=_("short name"), max_length=200, help_text=_("What it is called when an order is placed.")
    )
    recipient = forms.CharField(
        label=_("recipient"), max_length=200, required=False, help_text=_("Leave blank for the distributor itself.")
    )
    contact = forms.CharField(label=_("contact person"), max_length=150, required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    address = forms.CharField(label=_("address"), max_length=300)
    postal_code = forms.CharField(label=_("postal code"), max_length=20, required=False)
    city = forms.CharField(label=_("city"), max_length=100, required=False)
    country = forms.CharField(
        label=_("country"), required=False, validators=[check_country], help_text=_("Two capital letters.")
    )
    territory: Any = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("territory"),
        required=False,
        help_text=_("Every delivery address lies in one. Leave blank for that of the distributor."),
    )
    field_order = ("kind", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "territory", Territory.objects.visible_to(self.viewer))
        self.fields["country"].initial = self.distributor.country
        self.fields["territory"].initial = self.distributor.territory_id


class ContactForm(RecordForm):
    kind = forms.ChoiceField(label=_("kind"), choices=ContactKind.choices)
    name = forms.CharField(label=_("full name"), max_length=200)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("e-mail"), required=False)
    chat_id = forms.CharField(label=_("chat account"), max_length=100, required=False)
    note = forms.CharField(label=_("note"), max_length=300, required=False)
    field_order = ("kind", "name")


class InvoiceTitleForm(RecordForm):
    name = forms.CharField(label=_("invoice title"), max_length=200)
    tax_number = forms.CharField(label=_("tax number"), max_length=40)
    address = forms.CharField(label=_("registered address"), max_length=300, required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    bank_name = forms.CharField(label=_("bank"), max_length=200, required=False)
    account_number = forms.CharField(label=_("account number"), max_length=40, required=False)
    field_order = ("name", "tax_number")


class BankAccountForm(RecordForm):
    name = forms.CharField(label=_("account holder"), max_length=200)
    bank_name = forms.CharField(label=_("bank"), max_length=200)
    account_number = forms.CharField(label=_("account number"), max_length=40)
    bank_code = forms.CharField(
        label=_("bank code"), max_length=20, required=False, help_text=_("SWIFT, CNAPS or the like.")
    )
    currency = forms.CharField(label=_("currency"), max_length=3, validators=[check_currency])
    field_order = ("name", "bank_name", "account_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].initial = self.distributor.currency


class RecordEndForm(forms.Form):
    ends_on = forms.DateField(label=_("last day"), widget=day_input())
