"""What a driver or a shop fills in behind a delivery link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from messaging.services.files import Attachment


class ProofForm(forms.Form):
    """The name of who took the goods in, and a photo of the goods or of the signed paper."""

    signed_by = forms.CharField(label=_("Name of who took the goods in"), max_length=100)
    photo = forms.FileField(
        label=_("Photo"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
        help_text=_("The goods as they stand there, or the signed delivery note: JPEG or PNG, up to 10 MB."),
    )

    def attachment(self) -> Attachment:
        return Attachment.of(self.cleaned_data["photo"])
