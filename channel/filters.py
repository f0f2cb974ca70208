from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, ModelChoiceFilter

from accounts.models import Distributor, Territory
from catalogue.models import Brand
from channel.enums import AddressKind, AgreementStatus, ContactKind, ControlSubject, DepartureStatus
from channel.models import Address, AddressClearance, Agreement, BankAccount, Contact, ControlDeparture, InvoiceTitle
from channel.selectors.places import agreements_about, agreements_in
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows

ENDING_DAYS = (30, 60, 90, 180)


def _days(days: int) -> str:
    return gettext("%(days)s days") % {"days": days}


_days_lazy = lazy(_days, str)


class AgreementFilterSet(ListFilterSet):
    """Agreements by distributor, status, brand, territory, and when they begin and end.

    `brand` takes those that are about it, also by a category of any brand; `territory` those that hold anywhere in it.
    """

    search_fields = ("number__istartswith", "distributor__search_text")
    status = ChoicesFilter(choices=AgreementStatus.choices, label=_("Status"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    brand = ModelChoiceFilter(
        queryset=visible_rows(Brand), to_field_name="code", method="about_brand", label=_("Brand")
    )
    territory = ModelChoiceFilter(
        queryset=visible_rows(Territory), to_field_name="code", method="in_territory", label=_("Territory")
    )
    ends_within = ChoiceFilter(
        choices=[(str(days), _days_lazy(days)) for days in ENDING_DAYS],
        method="ending",
        label=_("Ends within"),
    )
    starts_on = day_range("starts_on", _("Starts on"))
    ends_on = day_range("ends_on", _("Ends on"))

    class Meta:
        model = Agreement
        fields = ("status", "distributor", "brand", "territory", "ends_within")

    def about_brand(self, queryset: QuerySet[Any], _name: str, value: Brand) -> QuerySet[Any]:
        return queryset.filter(pk__in=agreements_about(value.pk))

    def in_territory(self, queryset: QuerySet[Any], _name: str, value: Territory) -> QuerySet[Any]:
        return queryset.filter(pk__in=agreements_in(value))

    def ending(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        running = {AgreementStatus.IN_FORCE, AgreementStatus.IN_GRACE}
        return queryset.filter(
            status__in=running, orders_until__gte=today, ends_on__lte=today + timedelta(days=int(value))
        )


class DepartureFilterSet(ListFilterSet):
    """Departures by subject, status, distributor and day."""

    search_fields = ("agreement__number__istartswith", "agreement__distributor__search_text")
    status = ChoicesFilter(choices=DepartureStatus.choices, label=_("Status"))
    subject = ChoicesFilter(choices=ControlSubject.choices, label=_("Subject"))
    distributor = CodeFilter(
        field_name="agreement__distributor", queryset=visible_rows(Distributor), label=_("Distributor")
    )
    noticed_on = day_range("noticed_on", _("Noticed on"))

    class Meta:
        model = ControlDeparture
        fields = ("status", "subject", "distributor")


class RecordFilter(ListFilterSet):
    """`on` is a day; without it, those of all times."""

    distributor = CharFilter(field_name="distributor__code", label=_("distributor"))
    on = DateFilter(method="in_force", label=_("in force on"))

    def in_force(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found


class AddressFilter(RecordFilter):
    kind = ChoicesFilter(choices=AddressKind.choices, label=_("kind"))

    class Meta:
        model = Address
        fields = ("distributor", "kind", "on")


class ContactFilter(RecordFilter):
    kind = ChoicesFilter(choices=ContactKind.choices, label=_("kind"))

    class Meta:
        model = Contact
        fields = ("distributor", "kind", "on")


class InvoiceTitleFilter(RecordFilter):
    class Meta:
        model = InvoiceTitle
        fields = ("distributor", "on")


class BankAccountFilter(RecordFilter):
    class Meta:
        model = BankAccount
        fields = ("distributor", "on")


class ClearanceFilter(ListFilterSet):
    search_fields = ("agreement__number__istartswith", "place", "reason")
    distributor = CodeFilter(
        field_name="agreement__distributor", queryset=visible_rows(Distributor), label=_("Distributor")
    )
    agreement = ModelChoiceFilter(queryset=visible_rows(Agreement), label=_("Agreement"))

    class Meta:
        model = AddressClearance
        fields = ("distributor", "agreement")
