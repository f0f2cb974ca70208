"""Agreements as the API shows and takes them. Rates are shares: 0.05 is 5 %."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from channel.models import (
    Agreement,
    AgreementCarveOut,
    AgreementSubject,
    ControlRule,
    DataDuty,
    MinimumPurchase,
    PaymentInstalment,
)
from channel.permissions import AGREEMENT_STATES
from channel.serializers.kind_terms import KindTermsSerializer, ShopSerializer
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
    kind_terms = KindTermsSerializer(many=True, read_only=True)
    shops = ShopSerializer(many=True, read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta(AgreementRowSerializer.Meta):
        fields = (  # type: ignore[assignment]  # a longer tuple
            *AgreementRowSerializer.Meta.fields, "channel_kinds", "territories", "subjects", "carve_outs", "currency",
            "minimums", "payment_base", "payment_days", "payment_cut_day", "payment_from_month_end", "instalments",
            "credit_limit", "deposit_amount", "discount_rate", "return_rate", "order_minimum_amount", "order_minimum_weight",
            "order_minimum_pallets", "full_truck_weight", "full_truck_pallets", "below_minimum", "freight_surcharge",
            "freight_terms", "freight_free_from", "least_remaining_days", "never_older", "report_days", "claim_days",
            "control_rules", "data_duties", "kind_terms", "shops", "clauses",
            "agent_reason",
            "sent_at", "accepted_at",
            "accepted_name", "accepted_text", "in_force_at", "is_imported", "imported_at", "signature_reference",
            "scan_name", "scan_hash", "end_reason", "actions",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_territories(self, agreement: Agreement) -> list[str]:
        return [row.territory.code for row in agreement.territories.all()]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_actions(self, agreement: Agreement) -> list[str]:
        return [move.action for move in available_actions(AGREEMENT_STATES, agreement, self.context["request"].user)]
