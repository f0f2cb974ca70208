"""Complaints about distributors and their orders."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import ComplaintStatus
from cases.filters import ComplaintFilter
from cases.models import Complaint
from cases.tables import ComplaintTable
from core.ui.details import ScopedDetailView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb


class ComplaintListView(ScopedListView):
    title = gettext_lazy("Complaints")
    model = Complaint
    table_class = ComplaintTable
    filterset_class = ComplaintFilter
    sorts: ClassVar = {"received_on": ["received_on"], "code": ["code"]}
    default_sort = "-received_on"
    related = ("distributor", "order")
    empty = EmptyState(
        title=gettext_lazy("No complaints."), text=gettext_lazy("Complaints are imported from your service system.")
    )


class ComplaintView(ScopedDetailView):
    model = Complaint
    lookup_field = "code"
    related = ("distributor", "order")
    template_name = "cases/complaint.html"

    def page_title(self) -> str:
        return f"{self.object.code} {self.object.subject}"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=_("Complaints"), url=reverse("cases:complaints"))]

    def state(self) -> Any:
        return ComplaintStatus(self.object.status)
