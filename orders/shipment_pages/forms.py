"""The forms of waybills and freight. That of packing is beside it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.forms import amount_input
from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.enums import FreightPayer


class WaybillForm(forms.Form):
    """Which shipments go together: all that can are ticked."""

    shipments = forms.TypedMultipleChoiceField(label=_("Shipments"), coerce=int, widget=forms.CheckboxSelectMultiple)
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        max_length=64,
        required=False,
        help_text=_("All these shipments get it. Left empty, they get the one that the first of them has."),
    )
    agreed = amount_input(label=_("Agreed freight"), required=False)
    borne_by = forms.ChoiceField(label=_("Freight borne by"), required=False)

    def __init__(self, *args: Any, shipments: Sequence[Shipment], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["shipments"]
        choice.choices = [(one.pk, f"{one.number} · {one.order}") for one in shipments]
        choice.initial = [one.pk for one in shipments]
        payer: Any = self.fields["borne_by"]
        payer.choices = [("", gettext("As the terms of the orders say")), *FreightPayer.choices]
        self.fields["agreed"].help_text = gettext("In %(currency)s.") % {"currency": currency}


class FreightForm(forms.Form):
    """What the carriage costs, as agreed and as the carrier invoiced it."""

    agreed = amount_input(label=_("Agreed freight"), required=False)
    actual = amount_input(label=_("Actual freight"), required=False, help_text=_("As the carrier has invoiced it."))
    borne_by = forms.ChoiceField(label=_("Freight borne by"), choices=FreightPayer.choices)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].help_text = gettext("In %(currency)s.") % {"currency": currency}
