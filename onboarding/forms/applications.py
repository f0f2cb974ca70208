"""Forms of the brand's people about an application: they parse, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from messaging.services.files import Attachment
from onboarding.enums import Criterion, FileState, RefusalReason
from onboarding.models import ScreeningPolicy


class CheckFileForm(forms.Form):
    state = forms.ChoiceField(
        choices=[choice for choice in FileState.choices if choice[0] != FileState.UNCHECKED],
        widget=forms.RadioSelect,
        label=_("Check"),
    )
    note = forms.CharField(
        max_length=300, required=False, label=_("Note"), help_text=_("Needed where it is not valid.")
    )


class QuestionForm(forms.Form):
    question = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("What is still needed"),
        help_text=_("The applicant reads it in a letter with a new link."),
    )


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(choices=RefusalReason.choices, label=_("Reason"))
    text = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("In words"),
        help_text=_("The applicant reads it in a letter, so write in their language."),
    )


class MarkForm(forms.Form):
    mark = forms.DecimalField(
        min_value=0, max_value=100, max_digits=5, decimal_places=2, label=_("Mark, from 0 to 100")
    )
    evidence_text = forms.CharField(
        max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label=_("What the mark rests on")
    )
    evidence = forms.FileField(
        required=False,
        label=_("Evidence"),
        help_text=_("PDF, JPEG or PNG, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def attached(self) -> Attachment | None:
        upload = self.cleaned_data["evidence"]
        return Attachment.of(upload) if upload else None


class PolicyForm(forms.Form):
    """Six weights in percent."""

    needs_second_person = forms.BooleanField(
        required=False,
        label=_("Another person decides"),
        help_text=_("Whoever finishes an assessment neither approves nor refuses the application."),
    )

    def __init__(self, *args: Any, policy: ScreeningPolicy, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in Criterion:
            self.fields[one.value] = forms.IntegerField(
                min_value=0, max_value=100, label=f"{one.label}{gettext(', ')}%"
            )
        self.order_fields(Criterion.values)
        self.initial.update(policy.weights, needs_second_person=policy.needs_second_person)

    def weights(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in Criterion.values}
