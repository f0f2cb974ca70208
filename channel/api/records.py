"""What is kept of a distributor, through the API."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from channel.filters import AddressFilter, BankAccountFilter, ContactFilter, InvoiceTitleFilter
from channel.models import Address, BankAccount, Contact, InvoiceTitle
from channel.serializers.records import (
    AddressChange,
    AddressInput,
    AddressSerializer,
    BankAccountChange,
    BankAccountInput,
    BankAccountSerializer,
    ContactChange,
    ContactInput,
    ContactSerializer,
    InvoiceTitleChange,
    InvoiceTitleInput,
    InvoiceTitleSerializer,
    RecordEndInput,
)
from channel.services.records import (
    ADDRESS,
    BANK_ACCOUNT,
    CONTACT,
    INVOICE_TITLE,
    RecordType,
    add_record,
    change_record,
    end_record,
)
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput


class RecordViewSet(ScopedReadOnlyViewSet):
    """Listed, added, changed and ended; never deleted."""

    abstract = True
    record_type: ClassVar[RecordType]
    input_class: ClassVar[Any]
    change_class: ClassVar[Any]
    related: ClassVar[tuple[str, ...]] = ("distributor",)
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related(*self.related)
        return found

    def create(self, _request: Request) -> Response:
        values = _as_values(self.parse(self.input_class))
        distributor = values.pop("distributor", None)
        distributor_id = distributor.pk if distributor else self.actor.distributor_id
        if distributor_id is None:
            raise InvalidInput(_("Select a distributor."), code="required", field="distributor")
        made = add_record(record_type=self.record_type, distributor_id=distributor_id, actor=self.actor, **values)
        return self.answer(made.pk, status=201)

    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        record = self.get_object()
        changes = _as_values(self.parse(self.change_class))
        change_record(
            record_type=self.record_type,
            record_id=record.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            **changes,
        )
        return self.answer(record.pk)

    @extend_schema(request=RecordEndInput)
    @action(detail=True, methods=["post"])
    def end(self, _request: Request, **_kwargs: str) -> Response:
        record = self.get_object()
        end_record(record_type=self.record_type, record_id=record.pk, actor=self.actor, **self.parse(RecordEndInput))
        return self.answer(record.pk)


@extend_schema_view(
    create=extend_schema(request=AddressInput, responses={201: AddressSerializer}),
    partial_update=extend_schema(request=AddressChange),
)
class AddressViewSet(RecordViewSet):
    """The addresses of the distributors you see."""

    queryset = Address.objects.all()
    serializer_class = AddressSerializer
    filterset_class = AddressFilter
    record_type, input_class, change_class = ADDRESS, AddressInput, AddressChange
    related = ("distributor", "territory")


@extend_schema_view(
    create=extend_schema(request=ContactInput, responses={201: ContactSerializer}),
    partial_update=extend_schema(request=ContactChange),
)
class ContactViewSet(RecordViewSet):
    """The contacts of the distributors you see."""

    queryset = Contact.objects.all()
    serializer_class = ContactSerializer
    filterset_class = ContactFilter
    record_type, input_class, change_class = CONTACT, ContactInput, ContactChange


@extend_schema_view(
    create=extend_schema(request=InvoiceTitleInput, responses={201: InvoiceTitleSerializer}),
    partial_update=extend_schema(request=InvoiceTitleChange),
)
class InvoiceTitleViewSet(RecordViewSet):
    """The invoice titles of the distributors you may bill, or of your own company."""

    queryset = InvoiceTitle.objects.all()
    serializer_class = InvoiceTitleSerializer
    filterset_class = InvoiceTitleFilter
    record_type, input_class, change_class = INVOICE_TITLE, InvoiceTitleInput, InvoiceTitleChange


@extend_schema_view(
    create=extend_schema(request=BankAccountInput, responses={201: BankAccountSerializer}),
    partial_update=extend_schema(request=BankAccountChange),
)
class BankAccountViewSet(RecordViewSet):
    """The bank accounts of the distributors you may bill, or of your own company."""

    queryset = BankAccount.objects.all()
    serializer_class = BankAccountSerializer
    filterset_class = BankAccountFilter
    record_type, input_class, change_class = BANK_ACCOUNT, BankAccountInput, BankAccountChange


def _as_values(data: dict[str, Any]) -> dict[str, Any]:
    """A territory as the id that the services take."""
    if "territory" in data:
        data["territory_id"] = getattr(data.pop("territory"), "pk", None)
    return data
