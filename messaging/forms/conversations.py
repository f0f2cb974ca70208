"""What is asked for a message."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Distributor, User
from messaging.conversations import LONGEST_TEXT
from messaging.services.conversations import NewMessage
from messaging.services.files import ACCEPTED, Attachment


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """None, one or several."""

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        return [super(_FilesField, self).clean(one, initial) for one in given]


class ConversationForm(forms.Form):
    """What the reader may not choose is not asked: `internal` of the brand's people, `distributor` where there are several."""

    text = forms.CharField(
        label=pgettext_lazy("conversation", "Message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    distributor: "forms.ModelChoiceField[Distributor]" = forms.ModelChoiceField(
        queryset=Distributor.objects.none(), label=_("Distributor"), required=False, empty_label=_("Internal only")
    )
    mentions = forms.MultipleChoiceField(
        label=_("Mention"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are notified. You can also write @ and the name in the message."),
    )
    attachments = _FilesField(
        label=_("Files"),
        required=False,
        widget=_ManyFiles(attrs={"accept": ACCEPTED}),
        help_text=_("At most 5 files of 10 MB each: PDF, pictures, documents of Word, Excel or PowerPoint."),
    )
    internal = forms.BooleanField(
        label=_("Internal: the distributor does not see this"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[User],
        sides: Sequence[Distributor],
        may_be_internal: bool,
        always_internal: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        mentions: Any = self.fields["mentions"]
        mentions.choices = [(person.pk, person.display_name) for person in people]
        distributor: Any = self.fields["distributor"]
        distributor.queryset = Distributor.objects.filter(pk__in=[side.pk for side in sides])
        self.always_internal = always_internal
        for name, is_asked in {
            "mentions": bool(people),
            "distributor": bool(sides),
            "internal": may_be_internal and not always_internal,
        }.items():
            if not is_asked:
                del self.fields[name]

    def message(self) -> NewMessage:
        data = self.cleaned_data
        side = data.get("distributor")
        is_internal = (
            self.always_internal or bool(data.get("internal")) or ("distributor" in self.fields and side is None)
        )
        return NewMessage(
            text=data["text"],
            internal=is_internal,
            distributor_id=side.pk if side else None,
            mentions=[int(pk) for pk in data.get("mentions", ())],
            attachments=[Attachment.of(upload) for upload in data["attachments"]],
        )
