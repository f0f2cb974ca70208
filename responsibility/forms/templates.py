"""The form of an assignment template: of each duty in use, who is given it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Duty, Territory, User
from accounts.selectors.responsibility_history import assignable_people
from core.ui.forms import choose_from, day_input
from responsibility.models import AssignmentTemplate
from responsibility.models.template import ROLES
from responsibility.services.templates import LineInput


class TemplateForm(forms.Form):
    """`who_<duty>` is a person or a role, `stand_in_<duty>` a person."""

    code = forms.CharField(label=_("code"), max_length=64, validators=[validate_slug])
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    territory: Any = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("territory"),
        required=False,
        help_text=_("With all areas inside it. Leave blank for every territory."),
    )
    channel_kind = forms.ChoiceField(
        label=_("channel kind"), choices=[("", _("every kind")), *ChannelKind.choices], required=False
    )
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, viewer: User, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "territory", Territory.objects.visible_to(viewer))
        if not is_new:
            del self.fields["code"]
        self.duties = list(Duty.objects.visible_to(viewer).filter(is_active=True))
        people = [(str(person.pk), str(person)) for person in assignable_people(viewer)]
        roles = [
            (f"role:{value}", gettext("whoever has the fewest duties: %(role)s") % {"role": label})
            for value, label in ROLES
        ]
        whom = [("", _("nobody")), (_("Role"), roles), (_("Person"), people)]
        for duty in self.duties:
            self.fields[f"person_{duty.pk}"] = forms.ChoiceField(label=duty.display_name, choices=whom, required=False)
            self.fields[f"stand_in_{duty.pk}"] = forms.ChoiceField(
                label=gettext("Stand-in for “%(duty)s”") % {"duty": duty.display_name},
                choices=[("", _("nobody")), *people],
                required=False,
            )

    def values(self) -> dict[str, Any]:
        """What the services take."""
        data = self.cleaned_data
        names = ("name", "name_zh", "channel_kind", "is_active")
        code = {"code": data["code"]} if "code" in data else {}
        territory = data["territory"].pk if data["territory"] else None
        return {**code, **{name: data[name] for name in names}, "territory_id": territory, "lines": list(self._lines())}

    def _lines(self) -> Iterator[LineInput]:
        for duty in self.duties:
            who, stand_in = self.cleaned_data[f"person_{duty.pk}"], self.cleaned_data[f"stand_in_{duty.pk}"]
            if not who:
                continue
            is_role = who.startswith("role:")
            yield LineInput(
                duty_id=duty.pk,
                person_id=None if is_role else int(who),
                role=who.removeprefix("role:") if is_role else "",
                stand_in_id=int(stand_in) if stand_in else None,
            )


def initial_of(template: AssignmentTemplate) -> dict[str, Any]:
    """The values of the form for a template."""
    lines: dict[str, Any] = {}
    for line in template.lines.all():
        lines[f"person_{line.duty_id}"] = f"role:{line.role}" if line.role else str(line.person_id)
        lines[f"stand_in_{line.duty_id}"] = str(line.stand_in_id or "")
    names = ("name", "name_zh", "territory", "channel_kind", "is_active")
    return {name: getattr(template, name) for name in names} | lines


class ApplyForm(forms.Form):
    template = forms.ModelChoiceField(
        AssignmentTemplate.objects.none(),
        label=_("template"),
        required=False,
        help_text=_("Leave blank for that of each distributor's territory and channel kind."),
    )
    on = forms.DateField(label=_("from the day"), widget=day_input())

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: Any = AssignmentTemplate.objects.visible_to(viewer).filter(is_active=True)
        choose_from(self, "template", rows)
