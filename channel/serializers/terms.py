"""The terms of an agreement as the API takes them. Rates are shares: 0.05 is 5 %."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory
from catalogue.models import Brand, Category
from channel.enums import (
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
from channel.rules import (
    CarveOutTerms,
    ControlTerms,
    DataTerms,
    InstalmentTerms,
    KindTerms,
    MinimumTerms,
    ShopTerms,
    SubjectTerms,
)
from channel.serializers.kind_terms import GivenKindTermsSerializer, GivenShopSerializer
from channel.services.agreements import COLUMNS, AgreementTerms
from company.iso_codes import check_currency
from core.api.fields import VisibleField
from core.money import STORED_DIGITS

MOST_ROWS = 500
MOST_PALLETS = 32_767


def _code(source: str) -> serializers.CharField:
    return serializers.CharField(source=f"{source}.code", default=None, allow_null=True, read_only=True)


def _amount(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, min_value=0, **options)


def _rate(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=6, decimal_places=5, min_value=0, max_value=1, **options)


def _kilograms(**options: Any) -> serializers.DecimalField:
    options.setdefault("help_text", "In kg.")
    return serializers.DecimalField(max_digits=12, decimal_places=3, required=False, allow_null=True, **options)


def _pallets() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=MOST_PALLETS, required=False, allow_null=True)


class GivenSubjectSerializer(serializers.Serializer[Any]):
    brand = VisibleField(Brand, required=False, allow_null=True)
    category = VisibleField(Category, required=False, allow_null=True)
    is_exclusive = serializers.BooleanField(default=False)


class GivenCarveOutSerializer(serializers.Serializer[Any]):
    other = VisibleField(Distributor)
    brand = VisibleField(Brand, required=False, allow_null=True)
    territory = VisibleField(Territory, required=False, allow_null=True)
    channel_kind = serializers.ChoiceField(choices=ChannelKind.choices, required=False, allow_blank=True)
    effect = serializers.ChoiceField(choices=CarveOutEffect.choices)


class GivenMinimumSerializer(serializers.Serializer[Any]):
    brand = VisibleField(Brand, required=False, allow_null=True)
    amount_a_year = _amount()
    basis = serializers.ChoiceField(choices=PurchaseBasis.choices)
    with_tax = serializers.BooleanField(default=False)
    net_of_returns = serializers.BooleanField(default=True)
    gifts_count = serializers.BooleanField(default=False)


class GivenInstalmentSerializer(serializers.Serializer[Any]):
    share = _rate()
    days = serializers.IntegerField(min_value=0, max_value=730)


class GivenControlSerializer(serializers.Serializer[Any]):
    subject = serializers.ChoiceField(choices=ControlSubject.choices)
    mode = serializers.ChoiceField(choices=ControlMode.choices)
    price_rule = serializers.ChoiceField(choices=PriceRule.choices, required=False, allow_blank=True)


class GivenDataSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=DataKind.choices)
    frequency = serializers.ChoiceField(choices=Frequency.choices)
    days_after = serializers.IntegerField(min_value=0, max_value=366, default=0)


def _rows(kind: Any) -> Any:
    return kind(many=True, max_length=MOST_ROWS, default=list)


class TermsSerializer(serializers.Serializer[Any]):
    """All that is agreed; what is left out is not agreed."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    grace_days = serializers.IntegerField(min_value=0, max_value=366, default=0)
    channel_kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=ChannelKind.choices), max_length=MOST_ROWS, default=list
    )
    territories = serializers.ListField(child=VisibleField(Territory), max_length=MOST_ROWS, default=list)
    subjects = _rows(GivenSubjectSerializer)
    carve_outs = _rows(GivenCarveOutSerializer)
    currency = serializers.CharField(validators=[check_currency])
    minimums = _rows(GivenMinimumSerializer)
    payment_base = serializers.ChoiceField(choices=PaymentBase.choices, default=PaymentBase.INVOICED)
    payment_days = serializers.IntegerField(min_value=0, max_value=730, required=False, allow_null=True)
    payment_cut_day = serializers.IntegerField(min_value=1, max_value=31, required=False, allow_null=True)
    payment_from_month_end = serializers.BooleanField(default=False)
    instalments = _rows(GivenInstalmentSerializer)
    credit_limit = _amount(required=False, allow_null=True)
    deposit_amount = _amount(required=False, allow_null=True)
    discount_rate = _rate(required=False, allow_null=True)
    return_rate = _rate(required=False, allow_null=True)
    order_minimum_amount = _amount(required=False, allow_null=True)
    order_minimum_weight = _kilograms()
    order_minimum_pallets = _pallets()
    full_truck_weight = _kilograms(help_text="In kg. A truck is full by its weight or by its pallets.")
    full_truck_pallets = _pallets()
    below_minimum = serializers.ChoiceField(
        choices=BelowMinimum.choices,
        default=BelowMinimum.REFUSED,
        help_text="What becomes of an order below a minimum.",
    )
    freight_surcharge = _amount(required=False, allow_null=True)
    freight_terms = serializers.ChoiceField(choices=FreightTerms.choices, default=FreightTerms.SELLER)
    freight_free_from = _amount(required=False, allow_null=True)
    least_remaining_days = serializers.IntegerField(
        min_value=0,
        max_value=32_767,
        required=False,
        allow_null=True,
        help_text="Least remaining life of the goods on the day of their arrival.",
    )
    never_older = serializers.BooleanField(
        default=False, help_text="Nothing is shipped that was produced before the product's last delivery."
    )
    report_days = serializers.IntegerField(
        min_value=1,
        max_value=365,
        required=False,
        allow_null=True,
        help_text="Days after the delivery until a shipment counts as received whole; null: as the company has set.",
    )
    claim_days = serializers.IntegerField(
        min_value=1,
        max_value=365,
        required=False,
        allow_null=True,
        help_text="Days after the receipt to decide a delivery claim; null: as the company has set.",
    )
    control_rules = _rows(GivenControlSerializer)
    data_duties = _rows(GivenDataSerializer)
    kind_terms = _rows(GivenKindTermsSerializer)
    shops = _rows(GivenShopSerializer)
    clauses = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class NewAgreementSerializer(TermsSerializer):
    distributor = VisibleField(Distributor)


_KINDS: Mapping[str, Any] = {
    "subjects": SubjectTerms,
    "carve_outs": CarveOutTerms,
    "minimums": MinimumTerms,
    "instalments": InstalmentTerms,
    "control_rules": ControlTerms,
    "data_duties": DataTerms,
    "kind_terms": KindTerms,
    "shops": ShopTerms,
}


def terms_from(values: Mapping[str, Any]) -> AgreementTerms:
    """What was sent, as terms: rows that are named by their codes become their keys."""
    rows: dict[str, Any] = {name: [kind(**_keys(row)) for row in values[name]] for name, kind in _KINDS.items()}
    columns = {name: values[name] for name in COLUMNS if name in values}
    return AgreementTerms(**columns, **rows, territory_ids=[row.pk for row in values["territories"]])


def _keys(row: Mapping[str, Any]) -> dict[str, Any]:
    named = {"brand", "category", "other", "territory"}
    return {
        (f"{name}_id" if name in named else name): (getattr(value, "pk", None) if name in named else value)
        for name, value in row.items()
    }
