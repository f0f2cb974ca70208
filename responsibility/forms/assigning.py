"""Forms of the radar: give a duty, hand it over, let it end."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Duty, User
from accounts.selectors.responsibility_history import (
    assignable_people,
    responsible_people,
    team_with_duties,
)
from core.ui.forms import day_input

_ROLES = (Role.MANAGER, Role.DIRECTOR, Role.FINANCE, Role.WAREHOUSE, Role.ADMINISTRATOR)


class _ByRole(ModelChoiceIterator[User]):
    """People in groups by role, those first who answer for distributors most."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        people = list(self.queryset)
        for role in _ROLES:
            of_role = [self.choice(person) for person in people if person.role == role]
            if of_role:
                yield role.label, of_role


class PersonField(forms.ModelChoiceField[User]):
    """Somebody of the brand owner; the people come with their memberships."""

    iterator = _ByRole

    def __init__(self, **options: Any) -> None:
        super().__init__(User.objects.none(), **options)


class AssignForm(forms.Form):
    """`duties` is left out where the page is about one duty."""

    duties = forms.ModelMultipleChoiceField(Duty.objects.none(), label=_("duties"), widget=forms.CheckboxSelectMultiple)
    user = PersonField(label=_("accountable person"))
    stand_in = PersonField(
        label=_("stand-in"),
        required=False,
        help_text=_("Covers while the accountable person is away."),
    )
    starts_on = forms.DateField(label=_("since"), widget=day_input())
    ends_on = forms.DateField(
        label=_("until"), widget=day_input(), required=False, help_text=_("Leave blank for no end date.")
    )
    note = forms.CharField(label=_("note"), max_length=300, required=False)

    def __init__(self, *args: Any, viewer: User, one_duty: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people_field("user", viewer)
        self.people_field("stand_in", viewer)
        if one_duty:
            del self.fields["duties"]
        else:
            duties: Any = self.fields["duties"]
            duties.queryset = Duty.objects.visible_to(viewer).filter(is_active=True)

    def people_field(self, name: str, viewer: User) -> None:
        field: Any = self.fields[name]
        field.queryset = assignable_people(viewer)


class HandOverForm(forms.Form):
    from_user = forms.ModelChoiceField(User.objects.none(), label=_("current person"))
    to_user = PersonField(label=_("new person"))
    others = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("more people"),
        required=False,
        help_text=_("The distributors are divided evenly among all of them."),
    )
    on = forms.DateField(
        label=_("from the day"),
        widget=day_input(),
        help_text=_("The previous person stays responsible until the day before."),
    )

    def __init__(self, *args: Any, viewer: User, everything: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        former: Any = self.fields["from_user"]
        former.queryset = team_with_duties(viewer) if everything else responsible_people(viewer)
        others: Any = self.fields["others"]
        others.queryset = assignable_people(viewer)
        if not everything:
            del self.fields["others"]
        new: Any = self.fields["to_user"]
        new.queryset = assignable_people(viewer)


class EndForm(forms.Form):
    ends_on = forms.DateField(label=_("last day"), widget=day_input())
