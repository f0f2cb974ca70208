"""The forms of delivery claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from messaging.services.files import Attachment
from orders.fulfilment.claims.enums import ClaimCause, ClaimKind, ClaimOutcome
from orders.fulfilment.claims.models import DeliveryClaimLine
from orders.fulfilment.claims.services.deciding import Decision

PICTURES = "image/jpeg,image/png,image/webp"
_OF_SELLER = [choice for choice in ClaimOutcome.choices if not ClaimOutcome(choice[0]).is_of_buyer]
_OF_BUYER = [choice for choice in ClaimOutcome.choices if ClaimOutcome(choice[0]).is_of_buyer]
_CAUSES = [choice for choice in ClaimCause.choices if choice[0] != ClaimCause.REFUSED]
_LATER = ("", pgettext_lazy("delivery claim", "Decide later"))


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """None, one or several pictures. On a phone the camera offers itself."""

    widget = ManyFiles

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": ManyFiles(attrs={"accept": PICTURES}), **options})

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        return [super(PhotosField, self).clean(one, initial) for one in given]


def attachments(uploads: Sequence["UploadedFile[bytes]"]) -> tuple[Attachment, ...]:
    return tuple(Attachment.of(upload) for upload in uploads)


@dataclass(frozen=True, kw_only=True)
class DecisionFields:
    """One line of a claim with its fields."""

    line: DeliveryClaimLine
    outcome: BoundField
    pieces: BoundField
    reason: BoundField
    cause: BoundField | None = None


class DecideForm(forms.Form):
    """How the pieces of each line end; a line that is left for later stays open."""

    is_of_buyer = False

    def __init__(self, *args: Any, lines: Sequence[DeliveryClaimLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = [line for line in lines if line.open_pieces and line.is_unordered == self.is_of_buyer]
        for line in self.lines:
            named = {"kind": line.get_kind_display(), "code": line.product.code}
            self.fields[f"outcome-{line.pk}"] = forms.ChoiceField(
                label=_("Decision for %(kind)s %(code)s") % named,
                choices=[_LATER, *(_OF_BUYER if self.is_of_buyer else _OF_SELLER)],
                required=False,
            )
            self.fields[f"pieces-{line.pk}"] = forms.IntegerField(
                label=_("Pieces of %(kind)s %(code)s") % named,
                min_value=1,
                max_value=line.open_pieces,
                initial=line.open_pieces,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "class": "num", "size": 5, "autocomplete": "off"}
                ),
            )
            if line.kind == ClaimKind.MISSING:
                self.fields[f"cause-{line.pk}"] = forms.ChoiceField(
                    label=_("Why %(code)s is missing") % named,
                    choices=[("", _("Select why it is missing")), *_CAUSES],
                    required=False,
                )
            self.fields[f"reason-{line.pk}"] = forms.CharField(
                label=_("Reason for %(kind)s %(code)s") % named,
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": _("Reason (needed to refuse)")}),
            )
            if self.is_of_buyer:
                self.fields[f"reason-{line.pk}"].widget.attrs["placeholder"] = _("Note")

    def line_fields(self) -> Iterator[DecisionFields]:
        for line in self.lines:
            yield DecisionFields(
                line=line,
                outcome=self[f"outcome-{line.pk}"],
                pieces=self[f"pieces-{line.pk}"],
                reason=self[f"reason-{line.pk}"],
                cause=self[f"cause-{line.pk}"] if line.kind == ClaimKind.MISSING else None,
            )

    def chosen(self) -> list[DeliveryClaimLine]:
        """The lines that are decided now, in the order of `decisions`."""
        return [line for line in self.lines if self.cleaned_data[f"outcome-{line.pk}"]]

    def decisions(self) -> list[Decision]:
        data = self.cleaned_data
        return [
            Decision(
                line_id=line.pk,
                outcome=ClaimOutcome(data[f"outcome-{line.pk}"]),
                pieces=data[f"pieces-{line.pk}"],
                cause=data.get(f"cause-{line.pk}", ""),
                reason=data[f"reason-{line.pk}"],
            )
            for line in self.chosen()
        ]


class SurplusForm(DecideForm):
    """Accepted or sent back."""

    is_of_buyer = True


class PhotosForm(forms.Form):
    line = forms.ChoiceField(label=_("Line"))
    photos = PhotosField(label=_("Photos"), required=True, help_text=_("At most 5 pictures of 10 MB each."))

    def __init__(self, *args: Any, lines: Sequence[DeliveryClaimLine], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(line.pk), f"{line.get_kind_display()} · {line.product.code}") for line in lines]
        self.fields["line"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
