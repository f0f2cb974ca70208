"""The form of an absence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import can_administer
from accounts.selectors.people import colleagues_of
from core.ui.forms import choose_from, day_input


class AbsenceForm(forms.Form):
    """`person` is asked of an administrator, for a new absence only."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("person"))
    starts_on = forms.DateField(label=_("first day"), widget=day_input())
    ends_on = forms.DateField(
        label=_("last day"), widget=day_input(), required=False, help_text=_("Leave blank for no end date.")
    )
    stand_in = forms.ModelChoiceField(
        User.objects.none(),
        label=_("stand-in"),
        required=False,
        help_text=_("Covers duties that have no stand-in of their own. Without one, the supervisor does."),
    )
    note = forms.CharField(label=_("note"), max_length=300, required=False)

    def __init__(self, *args: Any, viewer: User, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(viewer).filter(is_active=True).order_by("full_name", "email")
        if person is None and can_administer(viewer):
            choose_from(self, "person", people)
            choose_from(self, "stand_in", people)
            return
        del self.fields["person"]
        choose_from(self, "stand_in", colleagues_of(person or viewer))

    def values(self) -> dict[str, Any]:
        """What the services take."""
        stand_in = self.cleaned_data["stand_in"]
        days = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "note")}
        return {**days, "stand_in_id": stand_in.pk if stand_in else None}
