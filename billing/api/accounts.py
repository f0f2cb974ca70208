"""Trade accounts, their entries and credit limits over the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from billing.enums import EntryKind, SubAccount
from billing.filters import (
    AccountEntryFilterSet,
    CreditLimitFilterSet,
    CreditReservationFilterSet,
    TradeAccountFilterSet,
)
from billing.models import AccountEntry, CreditLimit, CreditReservation, TradeAccount
from billing.permissions import can_post_entries, can_set_limits
from billing.services.entries import post_entry, reverse_entry
from billing.services.limits import LimitTerms, join_group, open_account, save_group_limit, set_account_limit
from company.iso_codes import check_currency
from core.api.fields import VisibleField
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput
from core.permissions import require

_EXPOSURE = (
    "ordered_amount", "shipped_amount", "open_invoice_amount", "free_payment_amount", "free_credit_amount",
    "exposure_amount",
)  # fmt: skip


def _amount(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=19, decimal_places=4, **options)


class CreditLimitSerializer(serializers.ModelSerializer[CreditLimit]):
    """`name` is that of a group whose accounts share it, empty for the limit of one account."""

    class Meta:
        model = CreditLimit
        fields = ("id", "name", "currency", "amount", "temporary_amount", "temporary_until", *_EXPOSURE, "version")


class TradeAccountSerializer(serializers.ModelSerializer[TradeAccount]):
    """Amounts are in `currency`, with tax. `left` is null where no limit is set, and below zero where it is over."""

    distributor = serializers.CharField(source="distributor.code", read_only=True)
    group: Any = serializers.CharField(source="credit_limit.name", default="", read_only=True)
    credit_limit = _amount(source="limit_amount", allow_null=True, read_only=True)
    left = _amount(allow_null=True, read_only=True)
    goods_amount = _amount(read_only=True)

    class Meta:
        model = TradeAccount
        fields = (
            "id", "distributor", "currency", "opened_on", "group", "credit_limit", "sub_limit", "left", "goods_amount",
            "deposit_amount", "rebate_amount", *_EXPOSURE, "version",
        )  # fmt: skip


class NewAccountSerializer(serializers.Serializer[Any]):
    distributor: Any = VisibleField(Distributor)
    opened_on = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="What was shipped before is in the opening balance; today where nothing is said.",
    )


class LimitTermsSerializer(serializers.Serializer[Any]):
    amount = _amount(min_value=0)
    temporary_amount = _amount(min_value=0, required=False, allow_null=True, default=None)
    temporary_until = serializers.DateField(required=False, allow_null=True, default=None)


class AccountLimitSerializer(LimitTermsSerializer):
    """With `amount` null the account has no limit any more."""

    amount = _amount(min_value=0, allow_null=True)


class GroupLimitSerializer(LimitTermsSerializer):
    name = serializers.CharField(max_length=100)
    currency = serializers.CharField(required=False, default="", validators=[check_currency])


class ChangedGroupLimitSerializer(LimitTermsSerializer):
    name = serializers.CharField(max_length=100)


class JoinGroupSerializer(serializers.Serializer[Any]):
    """`group` is the name of a group limit, null to take the account out of its group."""

    group = serializers.SlugRelatedField(slug_field="name", queryset=CreditLimit.objects.none(), allow_null=True)
    sub_limit = _amount(min_value=0, required=False, allow_null=True, default=None)

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = dict(super().get_fields())
        request = self.context.get("request")
        if request is not None:
            fields["group"].queryset = CreditLimit.objects.visible_to(request.user).exclude(name="")
        return fields


class TradeAccountViewSet(ScopedReadOnlyViewSet):
    """What distributors owe, what they may use of their credit, and what is left. Versioned: `If-Match` is the version seen."""

    queryset = TradeAccount.objects.all()
    serializer_class = TradeAccountSerializer
    filterset_class = TradeAccountFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.with_credit(timezone.localdate()).select_related("distributor", "credit_limit")
        return joined

    @extend_schema(request=NewAccountSerializer, responses={201: TradeAccountSerializer})
    def create(self, _request: Request) -> Response:
        """Open the account of a distributor. It has no limit yet."""
        require(can_set_limits(self.actor))
        values = self.parse(NewAccountSerializer)
        made = open_account(
            distributor_id=values["distributor"].pk,
            opened_on=values["opened_on"],
            actor=self.actor,
            now=timezone.now(),
        )
        return self.answer(made.pk, status=201)

    @extend_schema(request=AccountLimitSerializer, responses=TradeAccountSerializer)
    @action(detail=True, methods=["post"])
    def limit(self, _request: Request, **_kwargs: str) -> Response:
        """Set the credit limit of one account, or take it away."""
        values = self.parse(AccountLimitSerializer)
        terms = None if values["amount"] is None else LimitTerms(**values)
        return self._take(set_account_limit, terms=terms)

    @extend_schema(request=JoinGroupSerializer, responses=TradeAccountSerializer)
    @action(detail=True, methods=["post"])
    def group(self, _request: Request, **_kwargs: str) -> Response:
        """Let the account share the limit of a group."""
        self.get_object()
        require(can_set_limits(self.actor))
        values = self.parse(JoinGroupSerializer)
        group = values["group"]
        return self._take(join_group, limit_id=group and group.pk, sub_limit=values["sub_limit"])

    def _take(self, service: Any, **values: Any) -> Response:
        pk = self.get_object().pk
        service(account_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values)
        return self.answer(pk)


class CreditLimitViewSet(ScopedReadOnlyViewSet):
    """Credit limits: of groups, whose accounts share one, and of single accounts. Versioned."""

    queryset = CreditLimit.objects.all()
    serializer_class = CreditLimitSerializer
    filterset_class = CreditLimitFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    @extend_schema(request=GroupLimitSerializer, responses={201: CreditLimitSerializer})
    def create(self, _request: Request) -> Response:
        """Make the limit of a group."""
        values = self.parse(GroupLimitSerializer)
        name, currency = values.pop("name"), values.pop("currency")
        made = save_group_limit(
            name=name, currency=currency, terms=LimitTerms(**values), actor=self.actor, now=timezone.now()
        )
        return self.answer(made.pk, status=201)

    @extend_schema(request=ChangedGroupLimitSerializer, responses=CreditLimitSerializer)
    def update(self, _request: Request, **_kwargs: str) -> Response:
        """Change the limit of a group; that of one account is set on the account."""
        values = self.parse(ChangedGroupLimitSerializer)
        name = values.pop("name")
        pk = self.get_object().pk
        save_group_limit(
            name=name,
            terms=LimitTerms(**values),
            limit_id=pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return self.answer(pk)


class AccountEntrySerializer(serializers.ModelSerializer[AccountEntry]):
    """Above zero the distributor owes more. `reverses` is the entry that this one undoes."""

    distributor = serializers.CharField(source="account.distributor.code", read_only=True)

    class Meta:
        model = AccountEntry
        fields = (
            "id", "account", "distributor", "sub_account", "kind", "currency", "amount", "amount_company", "source_type",
            "source_id", "source_number", "posted_on", "due_on", "note", "reverses", "recorded_at",
        )  # fmt: skip


class NewEntrySerializer(serializers.Serializer[Any]):
    """Above zero the distributor owes more: an invoice; a payment or a credit note is below zero."""

    distributor: Any = VisibleField(Distributor)
    kind = serializers.ChoiceField(choices=[one for one in EntryKind.choices if one[0] != EntryKind.REVERSAL])
    sub_account = serializers.ChoiceField(choices=SubAccount.choices, default=SubAccount.GOODS)
    amount = _amount()
    posted_on = serializers.DateField(required=False, allow_null=True, default=None)
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    source_number = serializers.CharField(max_length=64, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class ReverseEntrySerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300)


class AccountEntryViewSet(ScopedReadOnlyViewSet):
    """The entries of trade accounts. They are never changed: what is wrong is reversed by another one."""

    queryset = AccountEntry.objects.all()
    serializer_class = AccountEntrySerializer
    filterset_class = AccountEntryFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("account__distributor")
        return joined

    @extend_schema(request=NewEntrySerializer, responses={201: AccountEntrySerializer})
    def create(self, _request: Request) -> Response:
        """Post an entry: an opening balance, or what was booked elsewhere."""
        require(can_post_entries(self.actor))
        values = self.parse(NewEntrySerializer)
        accounts = TradeAccount.objects.visible_to(self.actor).filter(distributor=values.pop("distributor"))
        account = accounts.filter(company__is_default=True).first()
        if account is None:
            raise InvalidInput(_("This distributor has no trade account."), code="unknown", field="distributor")
        made = post_entry(account_id=account.pk, actor=self.actor, now=timezone.now(), **values)
        return self.answer(made.pk, status=201)

    @extend_schema(request=ReverseEntrySerializer, responses={201: AccountEntrySerializer})
    @action(detail=True, methods=["post"])
    def reverse(self, _request: Request, **_kwargs: str) -> Response:
        """Undo an entry by one of the other sign."""
        back = reverse_entry(
            entry_id=self.get_object().pk, actor=self.actor, now=timezone.now(), **self.parse(ReverseEntrySerializer)
        )
        return self.answer(back.pk, status=201)


class CreditReservationSerializer(serializers.ModelSerializer[CreditReservation]):
    """What a document uses of the credit of its account, with tax."""

    distributor = serializers.CharField(source="account.distributor.code", read_only=True)

    class Meta:
        model = CreditReservation
        fields = (
            "id", "account", "distributor", "source_type", "source_id", "ordered_amount", "shipped_amount", "invoiced_amount",
        )  # fmt: skip


class CreditReservationViewSet(ScopedReadOnlyViewSet):
    """What documents use of credit: what is ordered, and what was shipped and is not invoiced."""

    queryset = CreditReservation.objects.all()
    serializer_class = CreditReservationSerializer
    filterset_class = CreditReservationFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("account__distributor")
        return joined
