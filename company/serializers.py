"""The company's settings as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from company.iso_codes import check_country, check_currency
from company.models import Company, ExchangeRate, NumberSeries, TaxCode
from core.money import RATE_DIGITS, RATE_LENGTH


class CompanySerializer(serializers.ModelSerializer[Company]):
    class Meta:
        model = Company
        fields = (
            "code",
            "name",
            "name_zh",
            "currency",
            "country",
            "address",
            "phone",
            "tax_number",
            "follows_chinese_new_year",
            "claim_days",
            "receipt_days",
            "credit_hold_days",
            "is_default",
        )


class CompanyChange(serializers.Serializer[Any]):
    """The fields to change; those left out stay."""

    name = serializers.CharField(max_length=200, required=False)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    country = serializers.CharField(required=False, allow_blank=True, validators=[check_country])
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    tax_number = serializers.CharField(max_length=64, required=False, allow_blank=True)
    follows_chinese_new_year = serializers.BooleanField(
        required=False, help_text="Forecasts compare days by their distance from the Chinese New Year."
    )
    claim_days = serializers.IntegerField(
        required=False, min_value=1, max_value=365, help_text="Days after the receipt to decide a delivery claim."
    )
    receipt_days = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=365,
        help_text="Days after the delivery at which a shipment counts as received whole; null switches it off.",
    )
    credit_hold_days = serializers.IntegerField(
        required=False, min_value=1, max_value=365, help_text="Days an order over the credit limit keeps its stock."
    )


class LogoInput(serializers.Serializer[Any]):
    logo = serializers.FileField(max_length=200, help_text="A PNG, JPEG or WebP picture of at most 2 MB.")


class ExchangeRateSerializer(serializers.ModelSerializer[ExchangeRate]):
    class Meta:
        model = ExchangeRate
        fields = ("id", "from_currency", "to_currency", "valid_on", "rate")


class ExchangeRateInput(serializers.Serializer[Any]):
    """One rate; what was known for its pair and day is replaced."""

    from_currency = serializers.CharField(validators=[check_currency])
    to_currency = serializers.CharField(validators=[check_currency])
    valid_on = serializers.DateField()
    rate = serializers.DecimalField(max_digits=RATE_LENGTH, decimal_places=RATE_DIGITS)


class TaxCodeSerializer(serializers.ModelSerializer[TaxCode]):
    class Meta:
        model = TaxCode
        fields = ("code", "name", "name_zh", "rate", "country", "starts_on", "ends_on")


class TaxCodeInput(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=200)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    rate = serializers.DecimalField(max_digits=7, decimal_places=6, help_text="A share: 0.13 is 13%.")
    country = serializers.CharField(required=False, allow_blank=True, validators=[check_country])
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class TaxCodeChange(serializers.Serializer[Any]):
    """The fields to change; the rate stays, a changed rate is a new code."""

    name = serializers.CharField(max_length=200, required=False)
    name_zh = serializers.CharField(max_length=200, required=False, allow_blank=True)
    ends_on = serializers.DateField(required=False)


class NumberSeriesSerializer(serializers.ModelSerializer[NumberSeries]):
    company = serializers.CharField(source="company.code", read_only=True)

    class Meta:
        model = NumberSeries
        fields = ("id", "company", "kind", "year", "prefix", "width", "gapless")
