"""Who has acknowledged an announcement, and who has not: listed, filtered, exported."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from policies.filters import RecipientFilterSet
from policies.models import AnnouncementRecipient
from policies.permissions import sees_recipients
from policies.tables import RecipientTable
from policies.views.announcements import way_to_list


class RecipientListView(ScopedListView):
    """Of the distributors that a person sees, those due first."""

    permission_required = sees_recipients
    title = _("Acknowledgements")
    model = AnnouncementRecipient
    table_class = RecipientTable
    filterset_class = RecipientFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "distributor": ["distributor__code", "pk"],
        "number": ["pk"],
    }
    default_sort = "-number"
    related = ("distributor", "announcement")
    empty = EmptyState(
        title=_("Nobody has to acknowledge anything."), text=_("Recipients appear here once something is published.")
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()
