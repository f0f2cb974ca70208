"""The form of a grant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.permissions import declared_permissions
from core.ui.forms import amount_input, choose_from, day_input


class LimitForm(forms.Form):
    amount = amount_input(
        label=_("order limit"), required=False, help_text=_("In the brand owner's currency. Leave blank for no limit.")
    )


ALLOW, DENY = "allow", "deny"


class GrantForm(forms.Form):
    """For a role or for one person. Permissions that cannot be granted are not offered."""

    permission = forms.ChoiceField(label=_("permission"))
    role = forms.ChoiceField(label=_("role"), choices=[("", "—"), *Role.choices], required=False)
    person: Any = forms.ModelChoiceField(
        User.objects.none(),
        label=_("person"),
        required=False,
        to_field_name="email",
        widget=forms.TextInput,
        help_text=_("E-mail address. Select either a role or a person."),
    )
    effect = forms.ChoiceField(label=_("effect"), choices=[(ALLOW, _("Allow")), (DENY, _("Deny"))])
    amount_limit = amount_input(
        label=_("up to an amount of"),
        required=False,
        help_text=_("In the company's currency. Leave blank for any amount."),
    )
    starts_on = forms.DateField(label=_("since"), widget=day_input())
    ends_on = forms.DateField(
        label=_("until"), widget=day_input(), required=False, help_text=_("Leave blank for no end date.")
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", User.objects.visible_to(viewer).filter(is_active=True))
        permission: Any = self.fields["permission"]
        permission.choices = [(one.codename, one.label) for one in declared_permissions().values() if not one.is_fixed]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        person, effect = data.pop("person"), data.pop("effect")
        return {**data, "person_id": person.pk if person else None, "is_allowed": effect == ALLOW}
