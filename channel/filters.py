from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, DateFilter, ModelChoiceFilter

from accounts.models import Distributor, Territory
from catalogue.models import Brand
from channel.enums import (
    AddressKind,
    AgreementStatus,
    AnnouncementKind,
    AnnouncementStatus,
    ContactKind,
    ControlSubject,
    DepartureStatus,
)
from channel.models import (
    Address,
    Agreement,
    Announcement,
    AnnouncementRecipient,
    BankAccount,
    Contact,
    ControlDeparture,
    InvoiceTitle,
)
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

    def about_brand(self, queryset: QuerySet[Any], name: str, value: Brand) -> QuerySet[Any]:  # noqa: ARG002 - django-filter's form
        return queryset.filter(pk__in=agreements_about(value.pk))

    def in_territory(self, queryset: QuerySet[Any], name: str, value: Territory) -> QuerySet[Any]:  # noqa: ARG002 - likewise
        return queryset.filter(pk__in=agreements_in(value))

    def ending(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002 - likewise
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


class AnnouncementFilterSet(ListFilterSet):
    """Announcements by kind and status; for a distributor's people those that are still to be acknowledged."""

    search_fields = ("title", "title_zh")
    kind = ChoicesFilter(choices=AnnouncementKind.choices, label=_("Kind"))
    status = ChoicesFilter(choices=AnnouncementStatus.choices, label=_("Status"))
    unacknowledged = BooleanFilter(method="only_unacknowledged", label=_("Still to be acknowledged"))

    class Meta:
        model = Announcement
        fields = ("kind", "status", "unacknowledged")

    def only_unacknowledged(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:  # noqa: ARG002, FBT001 - django-filter's form
        waiting = AnnouncementRecipient.objects.visible_to(self.request.user).to_acknowledge()
        ids = waiting.values("announcement")
        return queryset.filter(pk__in=ids) if value else queryset.exclude(pk__in=ids)


class RecipientFilterSet(ListFilterSet):
    """Who has acknowledged what, and who is late."""

    search_fields = ("distributor__search_text",)
    announcement = ModelChoiceFilter(queryset=visible_rows(Announcement), label=_("Announcement"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    acknowledged = BooleanFilter(
        field_name="acknowledged_at", lookup_expr="isnull", exclude=True, label=_("Acknowledged")
    )
    overdue = BooleanFilter(method="only_overdue", label=_("Overdue"))

    class Meta:
        model = AnnouncementRecipient
        fields = ("announcement", "distributor", "acknowledged", "overdue")

    def only_overdue(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:  # noqa: ARG002, FBT001 - likewise
        late = {"acknowledged_at__isnull": True, "due_on__lt": timezone.localdate()}
        return queryset.filter(**late) if value else queryset.exclude(**late)


class RecordFilter(ListFilterSet):
    """`on` is a day; without it, those of all times."""

    distributor = CharFilter(field_name="distributor__code", label=_("distributor"))
    on = DateFilter(method="in_force", label=_("in force on"))

    def in_force(self, queryset: Any, name: str, value: Any) -> QuerySet[Any]:  # noqa: ARG002 - django-filter's form
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
