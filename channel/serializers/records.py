"""What is kept of a distributor, as the API shows and takes it."""

from typing import Any

from rest_framework import serializers

from accounts.models import Distributor, Territory
from channel.enums import AddressKind, ContactKind
from channel.models import Address, BankAccount, Contact, InvoiceTitle
from company.iso_codes import check_country, check_currency
from core.api.fields import VisibleField

_HEAD = ("id", "distributor", "name", "is_default", "starts_on", "ends_on")


class RecordInput(serializers.Serializer[Any]):
    """Without `distributor`, one of your own company."""

    distributor = VisibleField(Distributor, required=False)
    name = serializers.CharField(max_length=200)
    is_default = serializers.BooleanField(required=False)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False, allow_null=True)


class RecordChange(serializers.Serializer[Any]):
    """The fields to change; those left out stay."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields.pop("distributor", None)
        for field in fields.values():
            field.required = False
        return fields


class RecordEndInput(serializers.Serializer[Any]):
    ends_on = serializers.DateField(help_text="Its last day.")


class AddressSerializer(serializers.ModelSerializer[Address]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    territory = serializers.CharField(source="territory.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Address
        fields = (
            *_HEAD, "kind", "recipient", "contact", "phone", "address", "postal_code", "city", "country", "territory",
        )  # fmt: skip


class AddressInput(RecordInput):
    """A delivery address lies in a territory: in that of its distributor where none is given."""

    kind = serializers.ChoiceField(choices=AddressKind.choices)
    recipient = serializers.CharField(max_length=200, required=False, allow_blank=True)
    contact = serializers.CharField(max_length=150, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    address = serializers.CharField(max_length=300)
    postal_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    city = serializers.CharField(max_length=100, required=False, allow_blank=True)
    country = serializers.CharField(required=False, allow_blank=True, validators=[check_country])
    territory = VisibleField(Territory, required=False, allow_null=True)


class AddressChange(RecordChange, AddressInput):
    pass


class ContactSerializer(serializers.ModelSerializer[Contact]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)

    class Meta:
        model = Contact
        fields = (*_HEAD, "kind", "phone", "email", "chat_id", "note")


class ContactInput(RecordInput):
    kind = serializers.ChoiceField(choices=ContactKind.choices)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)
    chat_id = serializers.CharField(max_length=100, required=False, allow_blank=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class ContactChange(RecordChange, ContactInput):
    pass


class InvoiceTitleSerializer(serializers.ModelSerializer[InvoiceTitle]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)

    class Meta:
        model = InvoiceTitle
        fields = (*_HEAD, "tax_number", "address", "phone", "bank_name", "account_number")


class InvoiceTitleInput(RecordInput):
    tax_number = serializers.CharField(max_length=40)
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    bank_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    account_number = serializers.CharField(max_length=40, required=False, allow_blank=True)


class InvoiceTitleChange(RecordChange, InvoiceTitleInput):
    pass


class BankAccountSerializer(serializers.ModelSerializer[BankAccount]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)

    class Meta:
        model = BankAccount
        fields = (*_HEAD, "bank_name", "account_number", "bank_code", "currency")


class BankAccountInput(RecordInput):
    bank_name = serializers.CharField(max_length=200)
    account_number = serializers.CharField(max_length=40)
    bank_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    currency = serializers.CharField(max_length=3, validators=[check_currency])


class BankAccountChange(RecordChange, BankAccountInput):
    pass
