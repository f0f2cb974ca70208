"""Forms of transfers between warehouses."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.ui.forms import choose_from, day_input, visible_choice
from inventory.fields import ProductLinesForm
from inventory.models import Warehouse
from inventory.rules import MOST_PIECES
from transfers.models import TransferLine


class TransferForm(ProductLinesForm):
    source = visible_choice(label=_("From warehouse"))
    destination = visible_choice(label=_("To warehouse"))
    expected_on = forms.DateField(widget=day_input(), label=_("Expected on"), help_text=_("The day they arrive."))
    note = forms.CharField(max_length=300, required=False, label=_("Note"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        rows = Warehouse.objects.visible_to(user).stocked().filter(is_active=True)
        for name in ("source", "destination"):
            choose_from(self, name, rows)


class RescheduleForm(forms.Form):
    expected_on = forms.DateField(
        widget=day_input(),
        label=_("Expected on"),
        help_text=_("Past this day it counts as nothing until it has a new date."),
    )


class ReceiveTransferForm(forms.Form):
    """What came of each line, all that is in transit unless it is changed."""

    def __init__(self, *args: Any, lines: Sequence[TransferLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                min_value=0,
                max_value=MOST_PIECES,
                initial=line.in_transit,
                label=f"{line.product.code} {line.product.display_name}",
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        self.fields["is_complete"] = forms.BooleanField(
            required=False,
            initial=True,
            label=_("Nothing more will come"),
            help_text=_("What is missing is written off from the goods in transit. Untick if the rest is on its way."),
        )
        self.fields["reason"] = forms.CharField(
            max_length=300,
            required=False,
            label=_("Reason for differences"),
            help_text=_("Required where the quantity received differs from the quantity sent."),
        )

    def pieces(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data[f"line-{line.pk}"] for line in self.lines}

    def rows(self) -> "Iterator[tuple[TransferLine, forms.BoundField]]":
        """Each line with its field."""
        for line in self.lines:
            yield line, self[f"line-{line.pk}"]
