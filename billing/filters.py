"""Filters of trade accounts, their entries, and credit limits, shared by pages and API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, ModelChoiceFilter

from accounts.models import Distributor
from billing.enums import EntryKind, LimitState, SubAccount
from billing.models import AccountEntry, CreditLimit, CreditReservation, TradeAccount
from core.filters import ListFilterSet, day_range, visible_rows


class TradeAccountFilterSet(ListFilterSet):
    """Accounts by the words of their distributor, by their group, and by their credit."""

    search_fields = ("distributor__search_text",)
    state = ChoiceFilter(choices=LimitState.choices, method="in_state", label=_("Credit"))
    group = ModelChoiceFilter(
        queryset=visible_rows(CreditLimit), field_name="credit_limit", to_field_name="name", label=_("Group")
    )
    distributor = ModelChoiceFilter(queryset=visible_rows(Distributor), to_field_name="code", label=_("Distributor"))

    class Meta:
        model = TradeAccount
        fields = ("state", "group", "distributor")

    def in_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        rows: Any = queryset
        found: QuerySet[Any] = rows.in_state(value)
        return found


class AccountEntryFilterSet(ListFilterSet):
    """Entries by document, note, distributor, sub-account, kind and day."""

    search_fields = ("source_number__istartswith", "note__icontains")
    distributor = ModelChoiceFilter(
        queryset=visible_rows(Distributor),
        field_name="account__distributor",
        to_field_name="code",
        label=_("Distributor"),
    )
    sub_account = ChoiceFilter(choices=SubAccount.choices, label=_("Sub-account"))
    kind = ChoiceFilter(choices=EntryKind.choices, label=_("Kind"))
    posted_on = day_range("posted_on", _("Posted on"))

    class Meta:
        model = AccountEntry
        fields = ("distributor", "sub_account", "kind")


class CreditLimitFilterSet(ListFilterSet):
    search_fields = ("name__icontains",)
    is_group = BooleanFilter(method="only_groups", label=_("Of a group"))

    class Meta:
        model = CreditLimit
        fields = ("is_group",)

    def only_groups(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - by django-filter
        return queryset.exclude(name="") if value else queryset.filter(name="")


class CreditReservationFilterSet(ListFilterSet):
    """For the API."""

    distributor = ModelChoiceFilter(
        queryset=visible_rows(Distributor),
        field_name="account__distributor",
        to_field_name="code",
        label=_("Distributor"),
    )
    source_type = CharFilter(label=_("Source"))

    class Meta:
        model = CreditReservation
        fields = ("distributor", "source_type")
