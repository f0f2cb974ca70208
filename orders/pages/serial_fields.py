"""Fields of whatever is shipped: serial numbers as they are scanned, and who carries the goods."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.fulfilment.models import Carrier
from orders.fulfilment.services.serials import LONGEST_SERIAL


class SerialsField(forms.CharField):
    """Serial numbers as a scanner types them, one after the other."""

    def __init__(self, *, pieces: int, **options: Any) -> None:
        widget = forms.Textarea(
            attrs={"rows": min(pieces, 6), "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        )
        super().__init__(required=False, max_length=pieces * (LONGEST_SERIAL + 2), widget=widget, **options)

    def clean(self, value: Any) -> list[str]:
        return str(super().clean(value)).split()


def serials_field(product: Any, pieces: int) -> SerialsField:
    return SerialsField(
        pieces=pieces,
        label=_("Serial numbers of %(code)s") % {"code": product.code},
        help_text=_("One for each piece: scan one after the other."),
    )


def carrier_choices(carriers: Sequence[Carrier]) -> list[tuple[str, Any]]:
    return [("", _("No carrier")), *((str(carrier.pk), carrier.display_name) for carrier in carriers)]
