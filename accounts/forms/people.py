"""Forms of distributors, people and tokens."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRIBUTOR_ROLES, ChannelKind, DistributorStatus, Role, TokenScope
from accounts.fields import PhoneField
from accounts.models import Distributor, Territory, Tier, User
from accounts.permissions import can_administer
from company.iso_codes import check_country, check_currency
from core.ui.forms import choose_from, day_input

NOTHING_CHOSEN = ("", "—")
CHOOSE_ROLE = [NOTHING_CHOSEN, *Role.choices]
"""Nobody becomes an administrator or an owner by leaving the list as it was."""
LANGUAGE_CHOICES = [("", _("as the browser says")), *settings.LANGUAGES]


class DistributorForm(forms.Form):
    code = forms.CharField(label=_("code"), max_length=64)
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    legal_name = forms.CharField(label=_("legal name"), max_length=200, required=False)
    channel_kind = forms.ChoiceField(label=_("channel kind"), choices=[("", "—"), *ChannelKind.choices])
    status = forms.ChoiceField(label=_("status"), choices=DistributorStatus.choices)
    tier = forms.ModelChoiceField(Tier.objects.none(), label=_("tier"), required=False)
    territory: Any = forms.ModelChoiceField(Territory.objects.none(), label=_("territory"), required=False)
    parent: Any = forms.ModelChoiceField(
        Distributor.objects.none(),
        label=_("parent distributor"),
        required=False,
        to_field_name="code",
        widget=forms.TextInput,
        help_text=_("Code of the parent distributor in the sub-network. Leave blank for none."),
    )
    currency = forms.CharField(
        label=_("currency"), validators=[check_currency], help_text=_("Three capital letters, such as CNY.")
    )
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)
    city = forms.CharField(label=_("city"), max_length=100, required=False)
    country = forms.CharField(
        label=_("country"), required=False, validators=[check_country], help_text=_("Two capital letters.")
    )
    address = forms.CharField(label=_("address"), max_length=300, required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("e-mail"), required=False)
    started_on = forms.DateField(label=_("distributor since"), widget=day_input(), required=False)

    def __init__(self, *args: Any, viewer: User, existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "tier", Tier.objects.visible_to(viewer))
        choose_from(self, "territory", Territory.objects.visible_to(viewer))
        choose_from(self, "parent", Distributor.objects.visible_to(viewer))
        if existing:
            del self.fields["code"]

    def values(self) -> dict[str, Any]:
        """Cleaned data as the services take it: related rows by id."""
        related = {"tier", "territory", "parent"}
        return {
            (f"{name}_id" if name in related else name): (getattr(value, "pk", None) if name in related else value)
            for name, value in self.cleaned_data.items()
        }


class PersonForm(forms.Form):
    """A new person. Who manages a distributor's people gives its roles only."""

    full_name = forms.CharField(label=_("full name"), max_length=150)
    full_name_zh = forms.CharField(label=_("Chinese name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("e-mail"), help_text=_("Used to sign in; the password is set with “Forgot password”.")
    )
    phone = PhoneField(label=_("mobile number"), required=False, help_text=_("Receives codes to sign in with."))
    role = forms.ChoiceField(label=_("role"), choices=CHOOSE_ROLE)
    distributor: Any = forms.ModelChoiceField(
        Distributor.objects.none(),
        label=_("distributor"),
        required=False,
        to_field_name="code",
        widget=forms.TextInput,
        help_text=_("Distributor code, for distributor roles only."),
    )
    language = forms.ChoiceField(label=_("language"), choices=LANGUAGE_CHOICES, required=False)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self, viewer)


class MembershipForm(forms.Form):
    """Another role, from a day on; of an owner's people in the own distributor."""

    role = forms.ChoiceField(label=_("role"), choices=CHOOSE_ROLE)
    distributor = PersonForm.base_fields["distributor"]
    starts_on = forms.DateField(label=_("since"), widget=day_input())
    ends_on = forms.DateField(
        label=_("until"), widget=day_input(), required=False, help_text=_("Leave blank for no end date.")
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self, viewer)


class EndForm(forms.Form):
    ends_on = forms.DateField(label=_("last day"), widget=day_input())


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("role"), choices=CHOOSE_ROLE)
    distributor = PersonForm.base_fields["distributor"]

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self, viewer)


def offer_roles(form: forms.Form, viewer: User) -> None:
    """An owner chooses among the roles of a distributor, and the distributor is the own one."""
    if can_administer(viewer):
        choose_from(form, "distributor", Distributor.objects.visible_to(viewer))
        return
    del form.fields["distributor"]
    roles: Any = form.fields["role"]
    roles.choices = [NOTHING_CHOSEN, *((role.value, role.label) for role in Role if role in DISTRIBUTOR_ROLES)]


class EmailForm(forms.Form):
    email = forms.EmailField(label=_("new e-mail"), help_text=_("A link to confirm it is sent there."))


class PersonChangeForm(forms.Form):
    full_name = forms.CharField(label=_("full name"), max_length=150)
    full_name_zh = forms.CharField(label=_("Chinese name"), max_length=150, required=False)
    phone = PhoneField(label=_("mobile number"), required=False, help_text=_("Receives codes to sign in with."))
    language = forms.ChoiceField(label=_("language"), choices=LANGUAGE_CHOICES, required=False)
    supervisor = forms.ModelChoiceField(User.objects.none(), label=_("supervisor"), required=False)
    leaves_on = forms.DateField(
        label=_("last working day"),
        widget=day_input(),
        required=False,
        help_text=_("Duties to hand over by then are flagged."),
    )
    is_active = forms.BooleanField(label=_("active"), required=False)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "supervisor", User.objects.visible_to(viewer).filter(is_active=True))


class TokenForm(forms.Form):
    name = forms.CharField(label=_("name"), max_length=80, help_text=_("The system that uses it."))
    scope = forms.ChoiceField(label=_("scope"), choices=TokenScope.choices)
    expires_at = forms.DateField(label=_("expires on"), widget=day_input(), required=False)
