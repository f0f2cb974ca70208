"""What is asked for an import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.selectors.event_kinds import grouped_event_kinds
from integration.profiles import shipped_profiles
from integration.starter.saved import saved_profile, saved_profiles
from integration.widgets import GroupedCheckboxes


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFilesInput(attrs={"accept": ".csv,.gz,.xlsx,.xls,.ods,.txt"}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = [entry for entry in (data if isinstance(data, (list, tuple)) else [data]) if entry]
        if not given and not self.required:
            return []
        return [super(ManyFilesField, self).clean(entry, initial) for entry in given]


class ImportUploadForm(forms.Form):
    """Files with a profile, or one file without: its columns are then chosen on the next page."""

    profile = forms.FileField(
        label=_("Profile"),
        required=False,
        help_text=_("A text file (TOML) that maps columns to fields."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )
    shipped = forms.ChoiceField(label=_("or one that is here already"), required=False)
    uploads = ManyFilesField(
        label=_("Files"),
        required=False,
        help_text=_("A workbook or CSV; with a profile all that it names. Choose them together, or drop them here."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["shipped"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "—"), *((name, name) for name in [*saved_profiles(), *shipped_profiles()])]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("uploads") and not self.data.get("draft") and "uploads" not in self.errors:
            self.add_error("uploads", _("Choose a file."))
        return cleaned

    @property
    def has_profile(self) -> bool:
        return bool(self.cleaned_data.get("profile") or self.cleaned_data.get("shipped"))

    def profile_text(self) -> str:
        """The profile as text. Raises UnicodeDecodeError for what is no UTF-8."""
        given = self.cleaned_data.get("profile")
        if given:
            text: str = given.read().decode("utf-8-sig")
            return text
        saved = saved_profile(self.cleaned_data["shipped"])
        return (
            saved if saved is not None else shipped_profiles()[self.cleaned_data["shipped"]].read_text(encoding="utf-8")
        )


class CorrectedRowsForm(forms.Form):
    corrected = forms.FileField(
        label=_("Corrected rows"),
        help_text=_("The file of rejected rows, corrected in place."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
    )


class WebhookForm(forms.Form):
    """A system and what it subscribes to."""

    name = forms.CharField(max_length=100, label=_("Name"))
    url = forms.CharField(max_length=500, label=_("Address"), widget=forms.TextInput(attrs={"inputmode": "url"}))
    kinds = forms.MultipleChoiceField(label=_("Events"), widget=GroupedCheckboxes)
    is_active = forms.BooleanField(required=False, initial=True, label=_("In use"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds: Any = self.fields["kinds"]
        kinds.choices = [
            (group, [(kind, format_html("{} <code>{}</code>", label, kind)) for kind, label in kinds_of_group])
            for group, kinds_of_group in grouped_event_kinds()
        ]
