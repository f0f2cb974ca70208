"""The terms of channel kinds as the API shows and takes them. Rates are shares: 0.05 is 5 %."""

from typing import Any

from rest_framework import serializers

from accounts.enums import ChannelKind
from channel.enums import Billing, ExportPaper, Incoterm, PurchaseBasis
from channel.models import AgreementShop, KindTerms
from channel.models.kind_terms import check_shop_url


class KindTermsSerializer(serializers.ModelSerializer[KindTerms]):
    class Meta:
        model = KindTerms
        fields = (
            "kind", "commission_rate", "commission_basis", "head_office", "sites", "billing", "programme", "incoterm",
            "incoterm_place", "export_papers",
        )  # fmt: skip


class ShopSerializer(serializers.ModelSerializer[AgreementShop]):
    class Meta:
        model = AgreementShop
        fields = ("platform", "name", "url")


class GivenKindTermsSerializer(serializers.Serializer[Any]):
    """Agent: commission. Chain and franchise: head office, sites, bills. Direct marketing: programme. International: Incoterm."""

    kind = serializers.ChoiceField(choices=ChannelKind.choices)
    commission_rate = serializers.DecimalField(
        max_digits=6, decimal_places=5, min_value=0, max_value=1, required=False, allow_null=True
    )
    commission_basis = serializers.ChoiceField(choices=PurchaseBasis.choices, required=False, allow_blank=True)
    head_office = serializers.CharField(max_length=300, required=False, allow_blank=True)
    sites = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False, allow_null=True)
    billing = serializers.ChoiceField(choices=Billing.choices, required=False, allow_blank=True)
    programme = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    incoterm = serializers.ChoiceField(choices=Incoterm.choices, required=False, allow_blank=True)
    incoterm_place = serializers.CharField(max_length=200, required=False, allow_blank=True)
    export_papers = serializers.ListField(
        child=serializers.ChoiceField(choices=ExportPaper.choices), max_length=20, required=False
    )


class GivenShopSerializer(serializers.Serializer[Any]):
    platform = serializers.CharField(max_length=100)
    name = serializers.CharField(max_length=200)
    url = serializers.CharField(max_length=300, required=False, allow_blank=True, validators=[check_shop_url])
