"""The form of what is kept of a product by lot and by serial number."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TrackingForm(forms.Form):
    tracks_lots = forms.BooleanField(
        required=False,
        label=_("Stock by lot"),
        help_text=_(
            "What lies there goes into one unnamed lot; assign it to its lots then. It cannot be turned off while lots "
            "have stock."
        ),
    )
    tracks_serials = forms.BooleanField(
        required=False, label=_("Serial numbers"), help_text=_("Recorded when the product is shipped.")
    )
