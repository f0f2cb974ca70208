from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, DateFilter, ModelChoiceFilter

from accounts.models import Distributor
from channel.enums import AddressKind, AgreementStatus, AnnouncementKind, AnnouncementStatus, ContactKind
from channel.models import Address, Agreement, Announcement, AnnouncementRecipient, BankAccount, Contact, InvoiceTitle
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows


class AgreementFilterSet(ListFilterSet):
    """Agreements by distributor, status, and when they begin and end."""

    search_fields = ("number__istartswith", "distributor__search_text")
    status = ChoicesFilter(choices=AgreementStatus.choices, label=_("Status"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    starts_on = day_range("starts_on", _("Starts on"))
    ends_on = day_range("ends_on", _("Ends on"))

    class Meta:
        model = Agreement
        fields = ("status", "distributor")


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
        return queryset.on(value)  # type: ignore[no-any-return]  # as it was given


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
