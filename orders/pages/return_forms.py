"""Forms of returns: what is asked for, what came, what becomes of it, and the policies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Tier
from core.actors import Actor
from core.ui.forms import choose_from, visible_choice
from inventory.enums import WarehouseKind
from inventory.models import Warehouse
from messaging.services.files import Attachment
from orders.fulfilment.models import Carrier
from orders.returns.enums import Condition, Disposition, ReturnReason
from orders.returns.models import ReturnLine
from orders.returns.services.inspecting import InspectedPieces
from orders.returns.services.requesting import AskedGoods

_PHOTOS = ".jpg,.jpeg,.png"
MOST = 1_000_000_000


def _pieces(label: Any, **options: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False, widget=widget, **options)


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """A line of an order with its fields."""

    line: Any
    pieces: forms.BoundField
    reason: forms.BoundField
    condition: forms.BoundField
    photo: forms.BoundField


class ReturnForm(forms.Form):
    """Pieces of each line that can be returned; a line without pieces is left out."""

    def __init__(self, *args: Any, lines: Sequence[Any], reasons: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        shown = [choice for choice in ReturnReason.choices if not reasons or choice[0] in reasons]
        for line in lines:
            named = {"code": line.product.code, "order": line.order.number}
            self.fields[f"pieces-{line.pk}"] = _pieces(_("Pieces of %(code)s of order %(order)s") % named)
            self.fields[f"reason-{line.pk}"] = forms.ChoiceField(
                label=_("Reason for %(code)s of order %(order)s") % named, choices=shown, required=False
            )
            self.fields[f"condition-{line.pk}"] = forms.ChoiceField(
                label=_("Condition of %(code)s of order %(order)s") % named, choices=Condition.choices, required=False
            )
            self.fields[f"photo-{line.pk}"] = forms.FileField(
                label=_("Photo of %(code)s of order %(order)s") % named,
                required=False,
                widget=forms.FileInput(attrs={"accept": _PHOTOS}),
            )
        self.fields["note"] = forms.CharField(label=_("Note"), max_length=500, required=False)

    def rows(self) -> Iterator[ReturnRow]:
        for line in self.lines:
            yield ReturnRow(
                line=line,
                pieces=self[f"pieces-{line.pk}"],
                reason=self[f"reason-{line.pk}"],
                condition=self[f"condition-{line.pk}"],
                photo=self[f"photo-{line.pk}"],
            )

    def goods(self) -> list[AskedGoods]:
        """What is asked for, in the order of the lines."""
        data = self.cleaned_data
        return [
            AskedGoods(
                order_line_id=line.pk,
                pieces=data[f"pieces-{line.pk}"],
                reason=data.get(f"reason-{line.pk}") or "",
                condition=data.get(f"condition-{line.pk}") or "",
                photos=[Attachment.of(photo)] if (photo := data.get(f"photo-{line.pk}")) else [],
            )
            for line in self.lines
            if data.get(f"pieces-{line.pk}")
        ]


class DecideReturnForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, is_needed: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = is_needed


class SendReturnForm(forms.Form):
    carrier = visible_choice(label=_("Carrier"), required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=64, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Carrier.objects.visible_to(actor).filter(is_active=True)
        if rows.exists():
            choose_from(self, "carrier", rows)
        else:
            del self.fields["carrier"]


class ReceiveReturnForm(forms.Form):
    """A number for each line, as a keeper counts on a phone."""

    def __init__(self, *args: Any, lines: Sequence[ReturnLine], actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        self.fields["warehouse"] = visible_choice(label=_("Warehouse"), empty_label=None)
        rows = Warehouse.objects.visible_to(actor).of_brand_owner().filter(is_active=True)
        choose_from(self, "warehouse", rows.filter(kind=WarehouseKind.RETURNS))
        for line in lines:
            name = f"{line.order_line.product.code} {line.order_line.product.display_name}"
            self.fields[f"line-{line.pk}"] = _pieces(name, initial=line.sent or line.pieces)

    def pieces(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data[f"line-{line.pk}"] or 0 for line in self.lines}

    def rows(self) -> "Iterator[tuple[ReturnLine, forms.BoundField]]":
        for line in self.lines:
            yield line, self[f"line-{line.pk}"]


_RESTOCKED, _BLOCKED, _SCRAPPED, _BACK, _REFUSED = "restocked", "blocked", "scrapped", "sent_back", "refused_scrapped"
_PLACES: Mapping[str, tuple[Any, str, bool]] = {
    _RESTOCKED: (pgettext_lazy("returned goods", "Accepted, restocked"), Disposition.RESTOCKED, True),
    _BLOCKED: (pgettext_lazy("returned goods", "Accepted, blocked"), Disposition.BLOCKED, True),
    _SCRAPPED: (pgettext_lazy("returned goods", "Accepted, scrapped"), Disposition.SCRAPPED, True),
    _BACK: (pgettext_lazy("returned goods", "Refused, sent back"), Disposition.SENT_BACK, False),
    _REFUSED: (pgettext_lazy("returned goods", "Refused, scrapped"), Disposition.SCRAPPED, False),
}


@dataclass(frozen=True, kw_only=True)
class InspectedRow:
    line: ReturnLine
    numbers: Sequence[forms.BoundField]
    condition: forms.BoundField
    lot: forms.BoundField


class InspectReturnForm(forms.Form):
    """How many pieces of each line go where; whatever is restocked is as new."""

    def __init__(self, *args: Any, lines: Sequence[ReturnLine], actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        self.given: list[str] = []
        rows = Warehouse.objects.visible_to(actor).of_brand_owner().filter(is_active=True, kind=WarehouseKind.SALE)
        self.fields["warehouse"] = visible_choice(label=_("Restock to"), required=False)
        choose_from(self, "warehouse", rows)
        self.fields["warehouse"].initial = rows.first() if rows.count() == 1 else None
        for line in lines:
            for name, (label, _disposition, _accepted) in _PLACES.items():
                initial = line.arrived if name == _RESTOCKED else None
                self.fields[f"{name}-{line.pk}"] = _pieces(label, initial=initial)
            self.fields[f"condition-{line.pk}"] = forms.ChoiceField(
                label=_("Condition of what is not restocked"),
                choices=Condition.choices,
                initial=line.condition,
                required=False,
            )
            self.fields[f"lot-{line.pk}"] = forms.CharField(label=_("Lot number"), max_length=64, required=False)

    def rows(self) -> Iterator[InspectedRow]:
        for line in self.lines:
            yield InspectedRow(
                line=line,
                numbers=[self[f"{name}-{line.pk}"] for name in _PLACES],
                condition=self[f"condition-{line.pk}"],
                lot=self[f"lot-{line.pk}"],
            )

    def goods(self) -> list[InspectedPieces]:
        """What is said of each line; `given` names the field of each part."""
        data, found = self.cleaned_data, []
        for line in self.lines:
            for name, (_label, disposition, accepted) in _PLACES.items():
                pieces = data.get(f"{name}-{line.pk}")
                if not pieces:
                    continue
                is_new = name == _RESTOCKED
                place = data.get("warehouse")
                self.given.append(f"{name}-{line.pk}")
                found.append(
                    InspectedPieces(
                        line_id=line.pk,
                        pieces=pieces,
                        disposition=disposition,
                        is_accepted=accepted,
                        condition=Condition.UNOPENED if is_new else data.get(f"condition-{line.pk}") or line.condition,
                        warehouse_id=place.pk if is_new and place else None,
                        lot_number=data.get(f"lot-{line.pk}") or "",
                    )
                )
        return found

    def field_of(self, problem: str) -> str | None:
        """The field that a problem of the service is about."""
        path = problem.split(".")
        if path[0] == "lines":
            return f"{_RESTOCKED}-{path[1]}"
        if path[0] == "goods" and int(path[1]) < len(self.given):
            return "warehouse" if path[2] == "warehouse" else self.given[int(path[1])]
        return None


def _several(label: Any, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


class ReturnPolicyForm(forms.Form):
    """What a return needs to authorise itself."""

    code = forms.CharField(label=_("code"), max_length=64, validators=[validate_slug])
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    tier = visible_choice(label=_("tier"), required=False, empty_label=_("Every tier"))
    window_days = forms.IntegerField(
        label=_("days after the receipt"),
        required=False,
        min_value=0,
        max_value=3650,
        help_text=_("Leave empty for no limit."),
    )
    reasons = _several(_("reasons accepted"), ReturnReason.choices)
    exempt_reasons = _several(
        _("reasons that do not use the return rate"),
        ReturnReason.choices,
        help_text=_("Recalls and what is the seller's fault."),
    )
    photo_reasons = _several(_("reasons that need a photo"), ReturnReason.choices)
    conditions = _several(_("conditions accepted"), Condition.choices)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "tier", Tier.objects.visible_to(actor))
        if not is_new:
            del self.fields["code"]


class PhotoForm(forms.Form):
    """A photo of one line."""

    line = forms.ChoiceField(label=_("Line"))
    photo = forms.FileField(
        label=_("Photo"), widget=forms.FileInput(attrs={"accept": _PHOTOS, "capture": "environment"})
    )

    def __init__(self, *args: Any, lines: Sequence[ReturnLine], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["line"]
        field.choices = [
            (line.position, f"{line.position}. {line.order_line.product.code} {line.order_line.product.display_name}")
            for line in lines
        ]
