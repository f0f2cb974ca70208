"""The forms of an applicant: the first one, the whole application, a file, and a link asked for anew."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.fields import PhoneField
from core.filters import LongSelect
from core.ui.forms import choose_from
from messaging.services.files import ACCEPTED, Attachment
from onboarding.enums import FileKind
from onboarding.models import Application
from onboarding.selectors.choices import brands_offered, countries_offered, territories_offered
from onboarding.services.applying import FIELDS

SALT = "onboarding.began"
SHORTEST_SECONDS = 2
LONGEST_SECONDS = 24 * 3600


def _stamp() -> str:
    return signing.dumps(int(time.time()), salt=SALT)


class _ByPerson(forms.Form):
    """Filled in by a person: a field that people do not see stays empty, and nobody types in no time."""

    website = forms.CharField(
        required=False,
        label=_("Leave this blank"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    began = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["began"] = _stamp()

    @property
    def is_trapped(self) -> bool:
        """A program filled in what people do not see."""
        return bool(self.data.get("website"))

    def _begin_again(self) -> None:
        typed: Any = self.data
        sent = typed.copy()
        sent["began"] = _stamp()
        self.data = sent

    def clean_began(self) -> int:
        try:
            began = int(signing.loads(self.cleaned_data["began"], salt=SALT))
        except (signing.BadSignature, ValueError) as error:
            self._begin_again()
            raise forms.ValidationError(
                _("Please check what you typed, and submit once more."), code="again"
            ) from error
        if not SHORTEST_SECONDS <= time.time() - began <= LONGEST_SECONDS:
            self._begin_again()
            raise forms.ValidationError(_("Please check what you typed, and submit once more."), code="too_fast")
        return began

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for error in self.errors.pop("began", []):  # a hidden field cannot show it
            self.add_error(None, error)
        return values


class StartForm(_ByPerson):
    company_name = forms.CharField(max_length=200, label=_("Company name"))
    contact_name = forms.CharField(max_length=150, label=_("Your name"))
    phone = PhoneField(required=False, label=_("Mobile number"))
    email = forms.EmailField(
        required=False,
        label=_("E-mail"),
        help_text=_("We send a link with which you can interrupt and continue. One of the two is enough."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and not values["phone"] and not values["email"]:
            self.add_error("phone", _("Enter a mobile number or an e-mail address."))
        return values


class LinkForm(_ByPerson):
    contact = forms.CharField(max_length=254, label=_("E-mail or mobile number of the application"))


class ApplicationForm(forms.Form):
    """Everything about the company. While it is a draft nothing is required: what is there is kept."""

    company_name = forms.CharField(max_length=200, label=_("Company name"))
    tax_number = forms.CharField(max_length=40, required=False, label=_("Tax number"))
    country = forms.ChoiceField(required=False, widget=LongSelect, label=_("Country"))
    city = forms.CharField(max_length=100, required=False, label=_("City"))
    address = forms.CharField(max_length=300, required=False, label=_("Address"))
    contact_name = forms.CharField(max_length=150, label=_("Contact"))
    phone = PhoneField(required=False, label=_("Mobile number"))
    email = forms.EmailField(required=False, label=_("E-mail"))
    territory: Any = forms.ModelChoiceField(queryset=None, required=False, label=_("Territory that you want"))
    channel_kind = forms.ChoiceField(choices=[("", "—"), *ChannelKind.choices], required=False, label=_("Channel kind"))
    brands: Any = forms.ModelMultipleChoiceField(
        queryset=None, required=False, widget=forms.CheckboxSelectMultiple, label=_("Brands that you want to sell")
    )
    categories = forms.CharField(max_length=300, required=False, label=_("Categories that you want to sell"))
    sales_staff = forms.IntegerField(min_value=0, max_value=1_000_000, required=False, label=_("Sales staff"))
    warehouse_area = forms.IntegerField(
        min_value=0, max_value=100_000_000, required=False, label=_("Warehouse area in m²")
    )
    years_in_business = forms.IntegerField(min_value=0, max_value=500, required=False, label=_("Years in business"))
    present_brands = forms.CharField(max_length=300, required=False, label=_("Brands that you sell now"))
    message = forms.CharField(
        max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4}), label=_("Anything else")
    )

    def __init__(self, *args: Any, application: Application, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "territory", territories_offered())
        choose_from(self, "brands", brands_offered())
        countries: Any = self.fields["country"]
        countries.choices = [("", "—"), *countries_offered()]
        names: Any = self.fields["territory"]
        names.label_from_instance = lambda row: row.display_name
        brands: Any = self.fields["brands"]
        brands.label_from_instance = lambda row: row.display_name
        self.initial.update({name: getattr(application, name) for name in FIELDS})
        self.initial["territory"] = application.territory_id
        self.initial["brands"] = [row.pk for row in application.brands.all()]

    def typed(self) -> dict[str, Any]:
        """What is usable of what was typed, also where another field is not right yet."""
        data = self.cleaned_data
        values = {name: data[name] for name in FIELDS if name in data}
        if "territory" in data:
            values["territory_id"] = data["territory"].pk if data["territory"] else None
        if "brands" in data:
            values["brand_ids"] = [row.pk for row in data["brands"]]
        return values


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(choices=FileKind.choices, label=_("What it is"))
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, picture or office document, up to 10 MB."),
    )

    def attachment(self) -> Attachment:
        return Attachment.of(self.cleaned_data["file"])
