"""Requested changes and approval rules as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from accounts.enums import ChannelKind
from accounts.models import Tier
from company.models import Company
from core.money import STORED_DIGITS
from orders.amounts import OrderAmountsMixin
from orders.changes.models import ApprovalRule, ChangeRequest, ChangeRequestLine
from orders.ordering.models import OrderType


class ChangeRequestLineSerializer(serializers.ModelSerializer[ChangeRequestLine]):
    product = serializers.CharField(source="line.product.code")

    class Meta:
        model = ChangeRequestLine
        fields = ("line", "product", "quantity_before", "quantity_after", "wanted_before", "wanted_after")


class ChangeRequestSerializer(OrderAmountsMixin, serializers.ModelSerializer[ChangeRequest]):
    """What is asked for of an approved order, and what became of it."""

    order = serializers.CharField(source="order.number")
    requested_by = serializers.CharField(source="requested_by.full_name")
    decided_by = serializers.CharField(source="decided_by.full_name", default=None, allow_null=True)
    lines = ChangeRequestLineSerializer(many=True)

    class Meta:
        model = ChangeRequest
        fields = (
            "id", "order", "status", "reason", "amount_company", "requested_by", "requested_at", "decided_by", "decided_at",
            "decision_reason", "version", "lines",
        )  # fmt: skip


class DecisionInput(serializers.Serializer[Any]):
    """A refusal needs its reason."""

    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class TextInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2000)


class PriceChoiceInput(serializers.Serializer[Any]):
    take_current = serializers.BooleanField(help_text="True takes today's prices, false keeps those of the order.")


def _row(model: Any, **options: Any) -> Any:
    return serializers.SlugRelatedField(
        slug_field="code", queryset=model.objects.all(), required=False, allow_null=True, **options
    )


class ApprovalRuleSerializer(serializers.ModelSerializer[ApprovalRule]):
    company = serializers.CharField(source="company.code", default=None, allow_null=True)
    type = serializers.CharField(source="type.code", default=None, allow_null=True)
    tier = serializers.CharField(source="tier.code", default=None, allow_null=True)

    class Meta:
        model = ApprovalRule
        fields = (
            "code", "name", "name_zh", "position", "company", "type", "tier", "channel_kind", "most_amount_company",
            "needs_usual_quantity", "needs_stock", "starts_on", "ends_on", "is_active", "version",
        )  # fmt: skip


class ApprovalRuleChange(serializers.Serializer[Any]):
    """The fields to change; `company`, `type` and `tier` by code, null for every one."""

    name = serializers.CharField(max_length=200, required=False)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    position = serializers.IntegerField(required=False, min_value=0, max_value=30_000)
    company = _row(Company)
    type = _row(OrderType)
    tier = _row(Tier)
    channel_kind = serializers.ChoiceField(choices=ChannelKind.choices, required=False, allow_blank=True)
    most_amount_company = serializers.DecimalField(
        max_digits=19, decimal_places=STORED_DIGITS, required=False, allow_null=True, min_value=0
    )
    needs_usual_quantity = serializers.BooleanField(required=False)
    needs_stock = serializers.BooleanField(required=False)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False, allow_null=True)
    is_active = serializers.BooleanField(required=False)


class ApprovalRuleInput(ApprovalRuleChange):
    code = serializers.SlugField(max_length=64)
    name = serializers.CharField(max_length=200)
    starts_on = serializers.DateField()
