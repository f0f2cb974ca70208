"""Forms of outlets and their links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory, User
from catalogue.models import Brand, Category
from company.iso_codes import check_country
from core.filters import CodeInput
from core.ui.forms import choose_from, day_input
from outlets.enums import DirectionKind, OutletKind
from outlets.models import Outlet
from outlets.permissions import can_change_outlets

_RELATED = ("category", "head_office", "territory", "distributor", "brand")


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=day_input(), **options)


class _Values(forms.Form):
    def values(self) -> dict[str, Any]:
        """Cleaned data as the services take it: related rows by id."""
        return {
            (f"{name}_id" if name in _RELATED else name): (getattr(value, "pk", None) if name in _RELATED else value)
            for name, value in self.cleaned_data.items()
        }


class OutletForm(_Values):
    name = forms.CharField(label=_("name of the outlet"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("kind of outlet"), choices=[("", "—"), *OutletKind.choices])
    head_office: Any = forms.ModelChoiceField(
        Outlet.objects.none(),
        label=_("head office"),
        required=False,
        to_field_name="code",
        widget=CodeInput,
        help_text=_("Code of the outlet that is the chain's head office. Leave blank for none."),
    )
    contact = forms.CharField(label=_("contact person"), max_length=150, required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    address = forms.CharField(label=_("address"), max_length=300, required=False)
    postal_code = forms.CharField(label=_("postal code"), max_length=20, required=False)
    city = forms.CharField(label=_("city"), max_length=100, required=False)
    country = forms.CharField(
        label=_("country"), required=False, validators=[check_country], help_text=_("Two capital letters.")
    )
    territory: Any = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("territory"),
        required=False,
        help_text=_("One that is not divided further."),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "head_office", Outlet.objects.visible_to(viewer))
        choose_from(self, "territory", Territory.objects.visible_to(viewer))


class NewOutletForm(OutletForm):
    """The brand's people may leave the distributor out; whoever proposes an outlet does so for the own company."""

    code = forms.CharField(
        label=_("outlet code"), max_length=64, required=False, help_text=_("Leave blank for the next number.")
    )
    distributor: Any = forms.ModelChoiceField(
        Distributor.objects.none(),
        label=_("buys from"),
        required=False,
        to_field_name="code",
        widget=CodeInput,
        help_text=_("Distributor code. More can be added on the outlet's page."),
    )
    brand: Any = forms.ModelChoiceField(
        Brand.objects.none(), label=_("brand"), required=False, empty_label=_("All brands")
    )
    field_order = ("code", "name", "name_zh", "kind", "distributor", "brand")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        choose_from(self, "distributor", Distributor.objects.visible_to(viewer))
        choose_from(self, "brand", Brand.objects.visible_to(viewer))
        if not can_change_outlets(viewer):
            del self.fields["distributor"]


class LinkForm(_Values):
    distributor: Any = forms.ModelChoiceField(
        Distributor.objects.none(), label=_("distributor"), to_field_name="code", widget=CodeInput,
        help_text=_("Distributor code."),
    )  # fmt: skip
    brand: Any = forms.ModelChoiceField(
        Brand.objects.none(), label=_("brand"), required=False, empty_label=_("All brands")
    )
    starts_on = _day(label=_("since"))
    ends_on = _day(label=_("until"), required=False, help_text=_("Leave blank for no end date."))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "distributor", Distributor.objects.visible_to(viewer))
        choose_from(self, "brand", Brand.objects.visible_to(viewer))


class DirectionForm(_Values):
    kind = forms.ChoiceField(label=_("direction of business"), choices=[("", "—"), *DirectionKind.choices])
    category: Any = forms.ModelChoiceField(
        Category.objects.none(), label=_("category"), required=False, help_text=_("For all but a channel expert.")
    )
    channel_kind = forms.ChoiceField(
        label=_("channel kind"),
        choices=[("", "—"), *ChannelKind.choices],
        required=False,
        help_text=_("For a channel expert."),
    )
    starts_on = _day(label=_("since"))
    ends_on = _day(label=_("until"), required=False, help_text=_("Leave blank for no end date."))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", Category.objects.visible_to(viewer))


class EndLinkForm(forms.Form):
    ends_on = _day(label=_("until"))


class CloseOutletForm(forms.Form):
    closed_on = _day(
        label=pgettext_lazy("outlet", "closed on"),
        help_text=_("What it still buys from distributors ends on that day."),
    )
    reason = forms.CharField(label=_("reason"), max_length=300)
