"""Agreements as the API shows and takes them. Rates are shares: 0.05 is 5 %."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory
from catalogue.models import Brand, Category
from channel.enums import (
    CarveOutEffect,
    ControlMode,
    ControlSubject,
    DataKind,
    DepartureStatus,
    FreightTerms,
    Frequency,
    PaymentBase,
    PriceRule,
    PurchaseBasis,
)
from channel.models import (
    Agreement,
    AgreementCarveOut,
    AgreementSubject,
    ControlDeparture,
    ControlRule,
    DataDuty,
    MinimumPurchase,
    PaymentInstalment,
)
from channel.permissions import AGREEMENT_STATES
from channel.rules import CarveOutTerms, ControlTerms, DataTerms, InstalmentTerms, MinimumTerms, SubjectTerms
from channel.services.agreements import COLUMNS, AgreementTerms
from company.iso_codes import check_currency
from core.api.fields import VisibleField
from core.money import STORED_DIGITS
from core.state import available_actions

MOST_ROWS = 500


def _code(source: str) -> serializers.CharField:
    return serializers.CharField(source=f"{source}.code", default=None, allow_null=True, read_only=True)


def _amount(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, min_value=0, **options)


def _rate(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=6, decimal_places=5, min_value=0, max_value=1, **options)


class SubjectSerializer(serializers.ModelSerializer[AgreementSubject]):
    brand, category = _code("brand"), _code("category")

    class Meta:
        model = AgreementSubject
        fields = ("brand", "category", "is_exclusive")


class CarveOutSerializer(serializers.ModelSerializer[AgreementCarveOut]):
    other, brand, territory = _code("other"), _code("brand"), _code("territory")

    class Meta:
        model = AgreementCarveOut
        fields = ("other", "brand", "territory", "channel_kind", "effect")


class MinimumSerializer(serializers.ModelSerializer[MinimumPurchase]):
    brand = _code("brand")

    class Meta:
        model = MinimumPurchase
        fields = ("brand", "amount_a_year", "basis", "with_tax", "net_of_returns", "gifts_count")


class InstalmentSerializer(serializers.ModelSerializer[PaymentInstalment]):
    class Meta:
        model = PaymentInstalment
        fields = ("share", "days")


class ControlSerializer(serializers.ModelSerializer[ControlRule]):
    class Meta:
        model = ControlRule
        fields = ("subject", "mode", "price_rule")


class DataSerializer(serializers.ModelSerializer[DataDuty]):
    class Meta:
        model = DataDuty
        fields = ("kind", "frequency", "days_after")


class AgreementRowSerializer(serializers.ModelSerializer[Agreement]):
    """An agreement without its rows, as in lists."""

    company = serializers.CharField(source="company.code", read_only=True)
    distributor = serializers.CharField(source="distributor.code", read_only=True)

    class Meta:
        model = Agreement
        fields = (
            "id", "number", "revision", "previous", "status", "company", "distributor", "starts_on", "ends_on", "grace_days",
            "last_on", "orders_until", "version",
        )  # fmt: skip


class AgreementSerializer(AgreementRowSerializer):
    """An agreement with all that is agreed, and the actions that its reader may use now."""

    territories = serializers.SerializerMethodField()
    subjects = SubjectSerializer(many=True, read_only=True)
    carve_outs = CarveOutSerializer(many=True, read_only=True)
    minimums = MinimumSerializer(many=True, read_only=True)
    instalments = InstalmentSerializer(many=True, read_only=True)
    control_rules = ControlSerializer(many=True, read_only=True)
    data_duties = DataSerializer(many=True, read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta(AgreementRowSerializer.Meta):
        fields = (  # type: ignore[assignment]  # a longer tuple
            *AgreementRowSerializer.Meta.fields, "channel_kinds", "territories", "subjects", "carve_outs", "currency",
            "minimums", "payment_base", "payment_days", "payment_cut_day", "payment_from_month_end", "instalments",
            "credit_limit", "deposit_amount", "discount_rate", "return_rate", "order_minimum_amount", "freight_terms",
            "freight_free_from", "control_rules", "data_duties", "clauses", "agent_reason", "sent_at", "accepted_at",
            "accepted_name", "accepted_text", "in_force_at", "signature_reference", "scan_name", "scan_hash", "end_reason",
            "actions",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_territories(self, agreement: Agreement) -> list[str]:
        return [row.territory.code for row in agreement.territories.all()]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_actions(self, agreement: Agreement) -> list[str]:
        return [move.action for move in available_actions(AGREEMENT_STATES, agreement, self.context["request"].user)]


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
    freight_terms = serializers.ChoiceField(choices=FreightTerms.choices, default=FreightTerms.SELLER)
    freight_free_from = _amount(required=False, allow_null=True)
    control_rules = _rows(GivenControlSerializer)
    data_duties = _rows(GivenDataSerializer)
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


class AcceptSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class SignSerializer(serializers.Serializer[Any]):
    """As JSON with a reference, or as a form with the stamped scan."""

    signature_reference = serializers.CharField(max_length=200, required=False, allow_blank=True)
    scan = serializers.FileField(required=False, allow_null=True)


class EndSerializer(ReasonSerializer):
    last_on = serializers.DateField()


class ReviseSerializer(serializers.Serializer[Any]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class AgentSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class DepartureSerializer(serializers.ModelSerializer[ControlDeparture]):
    """What was not kept of an agreement, with its evidence."""

    distributor = serializers.CharField(source="agreement.distributor.code", read_only=True)
    number = serializers.CharField(source="agreement.number", read_only=True)

    class Meta:
        model = ControlDeparture
        fields = (
            "id", "agreement", "number", "distributor", "subject", "noticed_on", "text", "status", "recorded_at", "closed_at",
            "outcome", "evidence_name", "evidence_hash", "version",
        )  # fmt: skip


class GivenDepartureSerializer(serializers.Serializer[Any]):
    """As JSON, or as a form with the evidence."""

    agreement = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    subject = serializers.ChoiceField(choices=ControlSubject.choices)
    noticed_on = serializers.DateField()
    text = serializers.CharField(max_length=1000)
    evidence = serializers.FileField(required=False, allow_null=True)


class CloseDepartureSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(
        choices=[choice for choice in DepartureStatus.choices if choice[0] != DepartureStatus.OPEN]
    )
    outcome = serializers.CharField(max_length=1000)
