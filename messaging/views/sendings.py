"""What was sent to me, by which channel, and whether it arrived."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from messaging.filters import SendingFilter
from messaging.models import Sending
from messaging.selectors.sendings import shown_sendings
from messaging.tables import SendingTable
from messaging.views.settings import way_to_notifications


class SendingsView(ScopedListView):
    """One's own: whoever administers sees everybody's in the administration."""

    title = _("What was sent to you")
    model = Sending
    table_class = SendingTable
    filterset_class = SendingFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"created_at": ["created_at", "pk"]}
    default_sort = "-created_at"
    empty = EmptyState(
        title=_("Nothing was sent to you yet."),
        text=_("Choose in the settings which notifications reach you by e-mail or chat."),
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_notifications()

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(notification__recipient=self.actor.pk)

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return shown_sendings(ids, actor=self.actor)
