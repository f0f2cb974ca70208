"""Minimum purchases as the API shows them."""

from typing import Any

from rest_framework import serializers

from channel.enums import PurchaseBasis
from planning.enums import MinimumState
from planning.serializers.plans import amount_field


class MinimumProgressSerializer(serializers.Serializer[Any]):
    """A minimum purchase for the term of its agreement; `bought`, `share` and `missing` are null where not measured."""

    id = serializers.IntegerField(source="pk")
    agreement = serializers.IntegerField(source="stated.agreement.pk")
    number = serializers.CharField(source="stated.agreement.number")
    distributor = serializers.CharField(source="stated.agreement.distributor.code")
    brand = serializers.CharField(source="stated.row.brand.code", default=None, allow_null=True)
    basis = serializers.ChoiceField(choices=PurchaseBasis.choices, source="stated.row.basis")
    starts_on = serializers.DateField(source="stated.starts_on")
    ends_on = serializers.DateField(source="stated.ends_on")
    currency = serializers.CharField()
    amount = amount_field(help_text="What is to be bought in the term, pro rata by months.")
    bought = amount_field(allow_null=True)
    share = serializers.DecimalField(max_digits=25, decimal_places=6, allow_null=True)
    missing = amount_field(allow_null=True)
    state = serializers.ChoiceField(choices=MinimumState.choices)
    not_measured = serializers.CharField(help_text="Why it cannot be told from the sales that are kept; else empty.")
