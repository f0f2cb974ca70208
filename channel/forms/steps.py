"""Forms of the steps of an agreement, and of what is not kept of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channel.enums import DepartureStatus
from core.ui.forms import day_input
from messaging.services.files import Attachment


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=day_input(), **options)


class AcceptForm(forms.Form):
    name = forms.CharField(
        max_length=200, label=_("Your name"), help_text=_("It is kept with the time and the text above.")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, label=_("Reason"), help_text=_("The other side reads it."))


class PutInForceForm(forms.Form):
    """The stamped paper, or where its signature is found."""

    scan = forms.FileField(
        required=False,
        label=_("Stamped scan"),
        help_text=_("PDF, JPEG or PNG, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    signature_reference = forms.CharField(
        required=False,
        max_length=200,
        label=_("Signature reference"),
        help_text=_("Of an electronic signature, for instance."),
    )

    def signed(self) -> Attachment | None:
        upload = self.cleaned_data["scan"]
        return Attachment.of(upload) if upload else None


class EndForm(ReasonForm):
    last_on = _day(label=_("Last day"))
    field_order = ("last_on", "reason")


class ReviseForm(forms.Form):
    starts_on = _day(label=_("Starts on"), help_text=_("The present terms end on the day before."))
    ends_on = _day(required=False, label=_("Ends on"), help_text=_("Leave blank to keep the end of the present term."))


class AgentForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        label=_("Reason"),
        help_text=_(
            "Why it is a true agent: it sells in the brand's name, bears no risk of stock, earns a commission."
        ),
    )


class DepartureForm(forms.Form):
    """What was seen; only what the agreement does not leave to the distributor can be chosen."""

    subject = forms.ChoiceField(label=_("Subject"))
    noticed_on = _day(label=_("Noticed on"))
    text = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), label=_("What was seen"))
    evidence = forms.FileField(
        required=False,
        label=_("Evidence"),
        help_text=_("PDF, JPEG or PNG, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, subjects: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        subject: Any = self.fields["subject"]
        subject.choices = subjects

    def seen(self) -> Attachment | None:
        upload = self.cleaned_data["evidence"]
        return Attachment.of(upload) if upload else None


class CloseDepartureForm(forms.Form):
    status = forms.ChoiceField(
        choices=[choice for choice in DepartureStatus.choices if choice[0] != DepartureStatus.OPEN],
        label=_("How it ended"),
    )
    outcome = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label=_("Outcome"))
