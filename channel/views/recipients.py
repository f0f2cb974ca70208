"""Who has acknowledged an announcement, and who has not: listed, filtered, exported."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from channel.filters import RecipientFilterSet
from channel.models import AnnouncementRecipient
from channel.permissions import sees_recipients
from channel.tables import RecipientTable
from channel.views.announcements import way_to_list
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb


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
