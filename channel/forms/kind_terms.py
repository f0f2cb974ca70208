"""The fields of an agreement's form that only some channel kinds have: shown for the kinds of the agreement alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from channel.enums import Billing, ExportPaper, Incoterm, PurchaseBasis
from channel.models.kind_terms import check_shop_url
from channel.rules import KIND_FIELDS, NEEDED_OF_KIND, KindTerms, ShopTerms

HUNDRED = Decimal(100)
SPARE_SHOPS = 2


def _field(kind: str, name: str) -> forms.Field:
    fields: Mapping[str, Any] = {
        "commission_rate": lambda: forms.DecimalField(
            min_value=0, max_value=100, max_digits=6, decimal_places=3, label=_("commission, %")
        ),
        "commission_basis": lambda: forms.ChoiceField(
            choices=[("", "—"), *PurchaseBasis.choices], label=_("commission on")
        ),
        "head_office": lambda: forms.CharField(max_length=300, label=_("head office")),
        "sites": lambda: forms.IntegerField(min_value=0, max_value=1_000_000, label=_("number of sites")),
        "billing": lambda: forms.ChoiceField(choices=[("", "—"), *Billing.choices], label=_("bills")),
        "programme": lambda: forms.CharField(
            max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), label=_("allowed programme")
        ),
        "incoterm": lambda: forms.ChoiceField(choices=[("", "—"), *Incoterm.choices], label=_("Incoterm 2020")),
        "incoterm_place": lambda: forms.CharField(max_length=200, label=_("named place")),
        "export_papers": lambda: forms.MultipleChoiceField(
            choices=ExportPaper.choices, widget=forms.CheckboxSelectMultiple, label=_("export papers")
        ),
    }
    made: forms.Field = fields[name]()
    made.required = False
    made.label = f"{ChannelKind(kind).label}{_(': ')}{made.label}"
    return made


def _shop_fields(number: int) -> dict[str, forms.Field]:
    label = _("E-commerce, shop %(number)s: %(what)s")
    return {
        "platform": forms.CharField(
            max_length=100, required=False, label=label % {"number": number, "what": _("platform")}
        ),
        "name": forms.CharField(max_length=200, required=False, label=label % {"number": number, "what": _("name")}),
        "url": forms.CharField(
            max_length=300,
            required=False,
            validators=[check_shop_url],
            label=label % {"number": number, "what": _("address of the shop")},
        ),
    }


class KindTermsFields:
    """Adds the fields of `kinds` to a form, checks what belongs together, and reads them."""

    def __init__(
        self, form: forms.Form, kinds: Collection[str], given: Sequence[KindTerms], shops: Sequence[ShopTerms]
    ) -> None:
        self.form = form
        self.kinds = [kind for kind in ChannelKind.values if kind in {*kinds, *(one.kind for one in given)}]
        by_kind = {one.kind: one for one in given}
        for kind in self.kinds:
            for name in KIND_FIELDS.get(kind, ()):
                form.fields[f"{kind}_{name}"] = _field(kind, name)
                if kind in by_kind:
                    form.initial[f"{kind}_{name}"] = _typed(name, getattr(by_kind[kind], name))
        wanted = ChannelKind.E_COMMERCE in self.kinds or shops
        self.shops = len(shops) + SPARE_SHOPS if wanted else 0
        for number in range(1, self.shops + 1):
            for name, field in _shop_fields(number).items():
                form.fields[f"shop_{number}_{name}"] = field
                if number <= len(shops):
                    form.initial[f"shop_{number}_{name}"] = getattr(shops[number - 1], name)

    def check(self, data: Mapping[str, Any]) -> None:
        """Whoever gives one of a kind's terms gives all that it needs."""
        for kind in self.kinds:
            if any(not _is_empty(data.get(f"{kind}_{name}")) for name in KIND_FIELDS.get(kind, ())):
                self._require(data, [f"{kind}_{name}" for name in NEEDED_OF_KIND[kind]])
        for number in range(1, self.shops + 1):
            if any(data.get(f"shop_{number}_{name}") for name in ("platform", "name", "url")):
                self._require(data, [f"shop_{number}_{name}" for name in ("platform", "name")])

    def kind_terms(self) -> Iterator[KindTerms]:
        data = self.form.cleaned_data
        for kind in self.kinds:
            values = {name: data[f"{kind}_{name}"] for name in KIND_FIELDS.get(kind, ())}
            if any(not _is_empty(value) for value in values.values()):
                if values.get("commission_rate") is not None:
                    values["commission_rate"] /= HUNDRED
                yield KindTerms(kind=kind, **values)

    def shop_terms(self) -> Iterator[ShopTerms]:
        data = self.form.cleaned_data
        for number in range(1, self.shops + 1):
            values = {name: data[f"shop_{number}_{name}"] for name in ("platform", "name", "url")}
            if values["platform"]:
                yield ShopTerms(**values)

    def _require(self, data: Mapping[str, Any], names: Sequence[str]) -> None:
        for name in names:
            if _is_empty(data.get(name)) and name not in self.form.errors:
                self.form.add_error(name, _("This field is required."))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _typed(name: str, value: Any) -> Any:
    """A share as it is typed: in percent, without zeros that say nothing."""
    return Decimal(f"{(value * HUNDRED).normalize():f}") if name == "commission_rate" and value is not None else value
