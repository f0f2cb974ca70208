from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ModelChoiceFilter

from accounts.models import Distributor
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, visible_rows
from policies.enums import AnnouncementKind, AnnouncementStatus
from policies.models import Announcement, AnnouncementRecipient


class AnnouncementFilterSet(ListFilterSet):
    """Announcements by kind and status; for a distributor's people those that are still to be acknowledged."""

    search_fields = ("title", "title_zh")
    kind = ChoicesFilter(choices=AnnouncementKind.choices, label=_("Kind"))
    status = ChoicesFilter(choices=AnnouncementStatus.choices, label=_("Status"))
    unacknowledged = BooleanFilter(method="only_unacknowledged", label=_("Still to be acknowledged"))

    class Meta:
        model = Announcement
        fields = ("kind", "status", "unacknowledged")

    def only_unacknowledged(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
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

    def only_overdue(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        late = {"acknowledged_at__isnull": True, "due_on__lt": timezone.localdate()}
        return queryset.filter(**late) if value else queryset.exclude(**late)
