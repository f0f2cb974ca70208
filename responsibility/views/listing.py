"""The list of responsibilities, of a day or of all times, as a table and a file."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from accounts.filters import ResponsibilityFilter
from accounts.models import Responsibility
from accounts.permissions import can_see_radar
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from responsibility.tables import ResponsibilityTable
from responsibility.views.radar import way_to_radar


class ResponsibilityListView(ScopedListView):
    """Who is accountable for what, a line for each stretch of time; the latest first."""

    permission_required = can_see_radar
    title = _("List of responsibilities")
    model = Responsibility
    table_class = ResponsibilityTable
    filterset_class = ResponsibilityFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "distributor": ["distributor__code", "duty_id", "starts_on", "pk"],
        "starts_on": ["starts_on", "pk"],
    }
    default_sort = "-starts_on"
    related = ("distributor", "duty", "user", "stand_in")
    empty = EmptyState(
        title=_("No responsibilities here."),
        text=_("Assign duties of distributors to people on the responsibilities page."),
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()
