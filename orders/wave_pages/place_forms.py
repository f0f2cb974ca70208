"""Forms of places in a warehouse."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue.selectors import find_by_code
from core.actors import Actor
from core.ui.forms import choose_from, visible_choice
from inventory.models import Stock, Warehouse
from inventory.services.places import ProductPlace

MOST_LINES = 5_000
_FIELDS: Any = [Stock._meta.get_field(name) for name in ("zone", "place")]
_ZONE, _PLACE = (int(field.max_length) for field in _FIELDS)


class PlaceForm(forms.Form):
    """Empty is nowhere in particular."""

    zone = forms.CharField(label=gettext_lazy("Zone"), max_length=_ZONE, required=False)
    place = forms.CharField(label=pgettext_lazy("stock", "Place"), max_length=_PLACE, required=False)


class PlacesForm(forms.Form):
    """Products with their zone and place, one in a line, as they come out of a spreadsheet."""

    warehouse = visible_choice(label=gettext_lazy("Warehouse"))
    lines = forms.CharField(
        label=gettext_lazy("Products and places"),
        max_length=MOST_LINES * 128,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One product per line: code or barcode, zone, place, with a tab or a comma between them. Without zone and place "
            "the product is taken off its place."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "warehouse", Warehouse.objects.visible_to(actor).of_brand_owner().filter(is_active=True))

    def clean_lines(self) -> list[ProductPlace]:
        """Each product once: of one that is there twice the last line counts."""
        given = [_cells(text) for text in self.cleaned_data["lines"].splitlines() if text.strip()]
        if len(given) > MOST_LINES:
            raise forms.ValidationError(
                _("At most %(most)d lines at once.") % {"most": MOST_LINES}, code="too_many_lines"
            )
        meant = find_by_code([code for code, _zone, _place in given], distributor_id=None)
        wrong = []
        found: dict[int, ProductPlace] = {}
        for number, (code, zone, place) in enumerate(given, 1):
            if code not in meant:
                message = _("Unknown product “%(code)s”.") % {"code": code}
                wrong.append(_("Line %(line)d: %(text)s") % {"line": number, "text": message})
            elif len(zone) > _ZONE or len(place) > _PLACE:
                message = _("A zone has at most %(zone)d characters, a place %(place)d.") % {
                    "zone": _ZONE,
                    "place": _PLACE,
                }
                wrong.append(_("Line %(line)d: %(text)s") % {"line": number, "text": message})
            else:
                product = meant[code].product_id
                found[product] = ProductPlace(product_id=product, zone=zone, place=place)
        if wrong:
            raise forms.ValidationError([forms.ValidationError(text, code="wrong_line") for text in wrong[:20]])
        return list(found.values())


def _cells(text: str) -> tuple[str, str, str]:
    """Code, zone and place of a line; what is not there is empty."""
    mark = "\t" if "\t" in text else ","
    code, zone, place = ([cell.strip() for cell in text.replace("，", ",").split(mark)] + ["", ""])[:3]
    return code, zone, place
