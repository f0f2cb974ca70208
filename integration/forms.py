"""What is asked for an import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from integration.profiles import shipped_profiles


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFilesInput(attrs={"accept": ".csv,.gz,.xlsx,.txt"}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(entry, initial) for entry in given]


class ImportUploadForm(forms.Form):
    profile = forms.FileField(
        label=_("Profile"),
        required=False,
        help_text=_("A text file (TOML) that says which column becomes what."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )
    shipped = forms.ChoiceField(label=_("or one that comes with the program"), required=False)
    uploads = ManyFilesField(
        label=_("Files"),
        help_text=_(
            "All that the profile names, as CSV, gzipped CSV or XLSX. Choose them together, or drop them here."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["shipped"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "—"), *((name, name) for name in shipped_profiles())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("profile") and not cleaned.get("shipped") and "profile" not in self.errors:
            self.add_error("profile", _("Choose a profile."))
        return cleaned

    def profile_text(self) -> str:
        """The profile as text. Raises UnicodeDecodeError for what is no UTF-8."""
        given = self.cleaned_data.get("profile")
        if given:
            text: str = given.read().decode("utf-8-sig")
            return text
        return shipped_profiles()[self.cleaned_data["shipped"]].read_text(encoding="utf-8")


class CorrectedRowsForm(forms.Form):
    corrected = forms.FileField(
        label=_("Corrected rows"),
        help_text=_("The file of wrong rows, with the rows corrected in place."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
    )
