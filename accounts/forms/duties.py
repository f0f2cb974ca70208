"""Forms of the radar: give a duty, hand it over, let it end."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User
from accounts.selectors.responsibility_history import assignable_people, responsible_people

EARLIEST, LATEST = date(1990, 1, 1), date(2190, 1, 1)


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AssignForm(forms.Form):
    """`duties` is left out where the page is about one duty."""

    duties = forms.ModelMultipleChoiceField(Duty.objects.none(), label=_("duties"), widget=forms.CheckboxSelectMultiple)
    user = forms.ModelChoiceField(User.objects.none(), label=_("accountable person"))
    stand_in = forms.ModelChoiceField(
        User.objects.none(),
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
    to_user = forms.ModelChoiceField(User.objects.none(), label=_("new person"))
    on = forms.DateField(
        label=_("from the day"),
        widget=day_input(),
        help_text=_("The previous person stays responsible until the day before."),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        former: Any = self.fields["from_user"]
        former.queryset = responsible_people(viewer)
        new: Any = self.fields["to_user"]
        new.queryset = assignable_people(viewer)


class EndForm(forms.Form):
    ends_on = forms.DateField(label=_("last day"), widget=day_input())


class DayForm(forms.Form):
    """The day of the radar."""

    on = forms.DateField(
        label=_("day"),
        widget=day_input(),
        required=False,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
