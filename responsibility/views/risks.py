"""What the radar adds: who is silent, who carries too much, and who would be lost if somebody left."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Responsibility, User
from accounts.permissions import can_see_radar
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from responsibility.filters import IfLeftFilter, LoadFilter, SilentFilter
from responsibility.selectors.load import add_replacements, carried_by, people_with_duties
from responsibility.selectors.silent import last_seen, silent_responsibilities
from responsibility.tables import IfLeftTable, LoadTable, SilentTable

_SORTS: Mapping[str, Sequence[str]] = {
    "distributor": ["distributor__code", "pk"],
    "duty": ["duty__position", "pk"],
    "user": ["user__full_name", "pk"],
}


def way_to_radar() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Responsibilities")), url=reverse("responsibility:radar")),)


class SilentView(ScopedListView):
    """Duties that must happen regularly and did not, by the person accountable."""

    permission_required = can_see_radar
    title = _("Silent people")
    model = Responsibility
    table_class = SilentTable
    filterset_class = SilentFilter
    sorts: ClassVar = _SORTS
    default_sort = "distributor"
    related = ("distributor", "duty", "user")
    page_key = "responsibilities-silent"
    empty = EmptyState(
        title=_("Nobody is silent."),
        text=_(
            "Duties that say how often something must happen, and by which events, appear here once that is missing."
        ),
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = silent_responsibilities(self.actor, on=timezone.localdate())
        return rows

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        found = Responsibility.objects.visible_to(self.actor).select_related(*self.related).in_bulk(list(ids))
        days = last_seen(ids)
        for pk, row in found.items():
            row.last_on = days.get(pk)
        return [found[pk] for pk in ids if pk in found]


class IfLeftView(ScopedListView):
    """For each duty, who would act if the accountable person left today."""

    permission_required = can_see_radar
    title = _("If somebody left")
    model = Responsibility
    table_class = IfLeftTable
    filterset_class = IfLeftFilter
    sorts: ClassVar = _SORTS
    default_sort = "user"
    related = ("distributor", "duty", "user")
    page_key = "responsibilities-if-left"
    empty = EmptyState(title=_("No duties here."), text=_("Choose another person, or assign duties on the radar."))

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    def get_queryset(self) -> QuerySet[Any]:
        today = timezone.localdate()
        rows = Responsibility.objects.visible_to(self.actor).on(today).filter(duty__is_active=True)
        found: QuerySet[Any] = rows.with_replacement(today)
        return found

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        rows = super().get_rows(ids)
        add_replacements(rows)
        return rows


class LoadView(ScopedListView):
    """How much each person carries against the median of all."""

    permission_required = can_see_radar
    title = _("Load of people")
    model = User
    table_class = LoadTable
    filterset_class = LoadFilter
    sorts: ClassVar = {"distributors": ["distributor_count", "pk"], "person": ["full_name", "pk"]}
    default_sort = "-distributors"
    page_key = "responsibilities-load"
    empty = EmptyState(title=_("Nobody here."), text=_("People who are accountable for distributors appear here."))

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = people_with_duties(self.actor, on=timezone.localdate())
        return rows

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return carried_by(super().get_rows(ids), on=timezone.localdate())
