"""Forms of agreements: they parse, the services decide. Rates are typed in percent."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory, User
from catalogue.models import Brand, Category
from channel.enums import (
    LAWFUL_PRICE_RULES,
    BelowMinimum,
    CarveOutEffect,
    ControlMode,
    ControlSubject,
    DataKind,
    FreightTerms,
    Frequency,
    PaymentBase,
    PriceRule,
    PurchaseBasis,
)
from channel.forms.kind_terms import KindTermsFields
from channel.rules import CarveOutTerms, ControlTerms, DataTerms, InstalmentTerms, MinimumTerms, SubjectTerms
from channel.services.agreements import COLUMNS, AgreementTerms
from company.iso_codes import check_currency
from core.filters import CodeInput
from core.ui.forms import amount_input, choose_from, day_input, visible_choice

RATES = ("discount_rate", "return_rate")
HUNDRED = Decimal(100)
SPARE_ROWS = 2


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=day_input(), **options)


def _percent(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(required=False, min_value=0, max_value=100, max_digits=6, decimal_places=3, **options)


def _kilograms(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(required=False, min_value=0, max_digits=12, decimal_places=3, **options)


def _pallets(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=32_767, **options)


def _choice(choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "—"), *choices], required=False, **options)


class AgreementForm(forms.Form):
    """All that is agreed. What there can be several of has numbered fields, with two spare rows."""

    starts_on = _day(label=_("Starts on"))
    ends_on = _day(required=False, label=_("Ends on"), help_text=_("Leave blank to agree until further notice."))
    grace_days = forms.IntegerField(min_value=0, max_value=366, initial=0, label=_("Days of grace"))
    channel_kinds = forms.MultipleChoiceField(
        choices=ChannelKind.choices, widget=forms.CheckboxSelectMultiple, required=False, label=_("Channel kinds")
    )
    territories: Any = forms.ModelMultipleChoiceField(
        queryset=Territory.objects.none(), required=False, label=_("Territories")
    )
    currency = forms.CharField(
        label=_("Currency"), validators=[check_currency], help_text=_("Three letters, such as EUR.")
    )
    payment_base = forms.ChoiceField(
        choices=PaymentBase.choices, initial=PaymentBase.INVOICED, label=_("Payment counts from")
    )
    payment_days = forms.IntegerField(required=False, min_value=0, max_value=730, label=_("Days of payment"))
    payment_from_month_end = forms.BooleanField(required=False, label=_("From the end of the month"))
    payment_cut_day = forms.IntegerField(required=False, min_value=1, max_value=31, label=_("Cut day"))
    credit_limit = amount_input(required=False, label=_("Credit limit"))
    deposit_amount = amount_input(required=False, label=_("Deposit"))
    discount_rate = _percent(label=_("Discount, %"))
    return_rate = _percent(label=_("Return rate, %"))
    order_minimum_amount = amount_input(required=False, label=_("Order minimum"))
    order_minimum_weight = _kilograms(label=_("Order minimum by weight, kg"))
    order_minimum_pallets = _pallets(label=_("Order minimum in full pallets"))
    full_truck_weight = _kilograms(
        label=_("Full truck by weight, kg"),
        help_text=_("Where only full trucks are sold. A truck is full by its weight or by its pallets."),
    )
    full_truck_pallets = _pallets(label=_("Full truck in pallets"))
    below_minimum = forms.ChoiceField(
        choices=BelowMinimum.choices,
        required=False,
        initial=BelowMinimum.REFUSED,
        label=_("An order below the minimum"),
    )
    freight_surcharge = amount_input(required=False, label=_("Freight surcharge below the minimum"))
    freight_terms = forms.ChoiceField(choices=FreightTerms.choices, initial=FreightTerms.SELLER, label=_("Freight"))
    freight_free_from = amount_input(required=False, label=_("Freight paid from an order amount of"))
    least_remaining_days = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=32_767,
        label=_("Least remaining life at arrival, days"),
        help_text=_("Goods that expire sooner are not shipped. Leave blank where there is no rule."),
    )
    never_older = forms.BooleanField(
        required=False,
        label=_("Never older than the last delivery"),
        help_text=_("Nothing is shipped that was produced before the product's last delivery."),
    )
    report_days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=365,
        label=_("Days to report a difference"),
        help_text=_(
            "So many days after the delivery a shipment counts as received whole. Leave blank to use the company's setting."
        ),
    )
    claim_days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=365,
        label=_("Days to decide a delivery claim"),
        help_text=_("From the receipt. Leave blank to use the company's setting."),
    )
    clauses = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), label=_("Further clauses")
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        terms: AgreementTerms | None = None,
        may_fix_price: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.may_fix_price = may_fix_price
        self.territory_rows = Territory.objects.visible_to(user).order_by("code")
        choose_from(self, "territories", self.territory_rows)
        self.brands = Brand.objects.visible_to(user).order_by("code")
        self.categories = Category.objects.visible_to(user).order_by("code")
        self.others = Distributor.objects.visible_to(user).order_by("code")
        self.terms = terms
        if terms is not None:
            self.initial.update({name: getattr(terms, name) for name in COLUMNS})
            self.initial.update({name: _typed(getattr(terms, name)) for name in RATES})
            self.initial["territories"] = list(terms.territory_ids)
        self.rows = {
            "subject": self._numbered("subject", terms.subjects if terms else ()),
            "carve_out": self._numbered("carve_out", terms.carve_outs if terms else ()),
            "minimum": self._numbered("minimum", terms.minimums if terms else ()),
            "instalment": self._numbered("instalment", terms.instalments if terms else ()),
        }
        self._add_control(terms.control_rules if terms else ())
        self._add_data(terms.data_duties if terms else ())
        self.of_kinds = KindTermsFields(
            self, self._kinds(), terms.kind_terms if terms else (), terms.shops if terms else ()
        )

    def _kinds(self) -> Sequence[str]:
        """Those that are ticked now, those of the terms, or that of the distributor of a new agreement."""
        if self.is_bound:
            return list(self.data.getlist("channel_kinds")) if hasattr(self.data, "getlist") else []
        if self.terms is not None and self.terms.channel_kinds:
            return self.terms.channel_kinds
        code = self.initial.get("distributor")
        return list(self.others.filter(code=code).values_list("channel_kind", flat=True)) if code else []

    def _numbered(self, kind: str, given: Sequence[Any]) -> int:
        """Add the fields of the rows there are and of the spare ones; returns how many rows that are."""
        count = len(given) + SPARE_ROWS
        for number in range(1, count + 1):
            row = given[number - 1] if number <= len(given) else None
            for name, field in self._row_fields(kind).items():
                field.label = f"{field.label} {number}"
                field.required = False
                self.fields[f"{kind}_{number}_{name}"] = field
                if row is not None:
                    self.initial[f"{kind}_{number}_{name}"] = self._initial(name, getattr(row, name))
        return count

    def _initial(self, name: str, value: Any) -> Any:
        if name == "other_id":  # typed by its code
            return self.others.filter(pk=value).values_list("code", flat=True).first()
        return _typed(value) if name == "share" else value

    def _row_fields(self, kind: str) -> dict[str, forms.Field]:
        if kind == "subject":
            return {
                "brand_id": forms.ModelChoiceField(self.brands, label=_("Brand")),
                "category_id": forms.ModelChoiceField(self.categories, label=_("Category")),
                "is_exclusive": forms.BooleanField(label=_("Exclusive")),
            }
        if kind == "carve_out":
            return {
                "other_id": forms.ModelChoiceField(
                    self.others, to_field_name="code", widget=CodeInput, label=_("Carve-out for distributor")
                ),
                "brand_id": forms.ModelChoiceField(self.brands, label=_("Carve-out: brand")),
                "territory_id": forms.ModelChoiceField(self.territory_rows, label=_("Carve-out: territory")),
                "channel_kind": _choice(ChannelKind.choices, label=_("Carve-out: channel kind")),
                "effect": _choice(CarveOutEffect.choices, label=_("Carve-out: who sells here")),
            }
        if kind == "minimum":
            return {
                "brand_id": forms.ModelChoiceField(self.brands, label=_("Minimum purchase: brand")),
                "amount_a_year": amount_input(label=_("Minimum purchase a year")),
                "basis": _choice(PurchaseBasis.choices, label=_("Minimum purchase: basis")),
                "with_tax": forms.BooleanField(label=_("Minimum purchase: with tax")),
                "net_of_returns": forms.BooleanField(initial=True, label=_("Minimum purchase: net of returns")),
                "gifts_count": forms.BooleanField(label=_("Minimum purchase: gifts count")),
            }
        return {
            "share": _percent(label=_("Instalment, %")),
            "days": forms.IntegerField(min_value=0, max_value=730, label=_("Instalment: days")),
        }

    def _add_control(self, given: Sequence[ControlTerms]) -> None:
        by_subject = {rule.subject: rule for rule in given}
        for subject in ControlSubject:
            name = f"control_{subject.value}"
            self.fields[name] = _choice(ControlMode.choices, label=_("Who decides: %(what)s") % {"what": subject.label})
            if subject in by_subject:
                self.initial[name] = by_subject[subject].mode
        offered = PriceRule.choices if self.may_fix_price else LAWFUL_PRICE_RULES
        self.fields["price_rule"] = _choice(offered, label=_("Resale price"))
        if ControlSubject.RESALE_PRICE in by_subject:
            self.initial["price_rule"] = by_subject[ControlSubject.RESALE_PRICE].price_rule

    def _add_data(self, given: Sequence[DataTerms]) -> None:
        by_kind = {duty.kind: duty for duty in given}
        for kind in DataKind:
            often = _choice(Frequency.choices, label=_("Data to be delivered: %(what)s") % {"what": kind.label})
            days = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=366,
                label=_("%(what)s: days after the period") % {"what": kind.label},
            )
            self.fields[f"data_{kind.value}"], self.fields[f"data_{kind.value}_days"] = often, days
            if kind in by_kind:
                self.initial[f"data_{kind.value}"] = by_kind[kind].frequency
                self.initial[f"data_{kind.value}_days"] = by_kind[kind].days_after

    def clean_below_minimum(self) -> str:
        return self.cleaned_data["below_minimum"] or BelowMinimum.REFUSED.value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        needed = {
            "carve_out": ("other_id", ("effect",)),
            "minimum": ("amount_a_year", ("basis",)),
            "instalment": ("share", ("days",)),
        }
        for kind, (first, others) in needed.items():
            for number in range(1, self.rows[kind] + 1):
                for name in others:
                    key = f"{kind}_{number}_{name}"
                    if data.get(f"{kind}_{number}_{first}") and data.get(key) in {None, ""}:
                        self.add_error(key, _("This field is required."))
        self.of_kinds.check(data)
        return data

    def agreed(self) -> AgreementTerms:
        """What was typed, as terms."""
        data = self.cleaned_data
        columns = {name: data[name] for name in COLUMNS}
        columns |= {name: None if data[name] is None else data[name] / HUNDRED for name in RATES}
        return AgreementTerms(
            **columns,
            territory_ids=[territory.pk for territory in data["territories"]],
            subjects=[
                SubjectTerms(**row) for row in self._typed_rows("subject") if row["brand_id"] or row["category_id"]
            ],
            carve_outs=[CarveOutTerms(**row) for row in self._typed_rows("carve_out") if row["other_id"]],
            minimums=[MinimumTerms(**row) for row in self._typed_rows("minimum") if row["amount_a_year"]],
            instalments=[
                InstalmentTerms(share=row["share"] / HUNDRED, days=row["days"])
                for row in self._typed_rows("instalment")
                if row["share"]
            ],
            control_rules=list(self._control()),
            data_duties=list(self._data()),
            kind_terms=list(self.of_kinds.kind_terms()),
            shops=list(self.of_kinds.shop_terms()),
        )

    def _typed_rows(self, kind: str) -> Iterator[dict[str, Any]]:
        for number in range(1, self.rows[kind] + 1):
            values = {name: self.cleaned_data[f"{kind}_{number}_{name}"] for name in self._row_fields(kind)}
            yield {
                name: getattr(value, "pk", None) if name.endswith("_id") else value for name, value in values.items()
            }

    def _control(self) -> Iterator[ControlTerms]:
        for subject in ControlSubject:
            mode = self.cleaned_data[f"control_{subject.value}"]
            priced = subject == ControlSubject.RESALE_PRICE and mode != ControlMode.FREE
            if mode:
                rule = self.cleaned_data["price_rule"] if priced else ""
                yield ControlTerms(subject=subject.value, mode=mode, price_rule=rule)

    def _data(self) -> Iterator[DataTerms]:
        for kind in DataKind:
            often = self.cleaned_data[f"data_{kind.value}"]
            if often:
                days = self.cleaned_data[f"data_{kind.value}_days"] or 0
                yield DataTerms(kind=kind.value, frequency=often, days_after=days)


def _typed(rate: Decimal | None) -> Decimal | None:
    """A share as it is typed: in percent, without zeros that say nothing."""
    return None if rate is None else Decimal(f"{(rate * HUNDRED).normalize():f}")


class NewAgreementForm(AgreementForm):
    distributor = visible_choice(to_field_name="code", widget=CodeInput, label=_("Distributor"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        choose_from(self, "distributor", self.others)
        self.order_fields(["distributor"])
