"""Pages of returns: the list, one with its lines and time line, its photos."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.permissions import is_active_user
from core.state import available_actions
from core.ui.details import NextStep, ScopedDetailView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from messaging.services.files import as_download
from orders.pages.print_links import links_of_return
from orders.pages.return_filters import ReturnFilterSet
from orders.pages.return_tables import ReturnLineTable, ReturnTable
from orders.pages.selectors.returns import room_of
from orders.returns.enums import ReturnStatus
from orders.returns.models import Return, ReturnLine, ReturnPhoto
from orders.returns.permissions import RETURN_STATES, can_request_return, can_request_return_itself
from orders.returns.selectors.rules import rule_texts

LIST = "orders:returns"
_PRIMARY = frozenset({"authorise", "send", "receive", "inspect"})
_AT_ONCE = frozenset({"close", "cancel"})
"""Steps that ask nothing more."""
_RELATED = ("distributor", "company", "warehouse", "agreement", "policy", "carrier")


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(ReturnListView.title), url=reverse(LIST))]


class ReturnListView(ScopedListView):
    permission_required = is_active_user
    title = _("Returns")
    model = Return
    table_class = ReturnTable
    filterset_class = ReturnFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"requested_at": ["requested_at", "pk"]}
    default_sort = "-requested_at"
    related = ("distributor", "warehouse")
    template_name = "orders/returns.html"
    lines_table_class = ReturnLineTable
    lines_title = _("Lines")
    empty = EmptyState(
        title=_("No returns yet."),
        text=_("Goods that distributors ask to give back appear here, with what is still to be done."),
    )

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        lines = ReturnLine.objects.visible_to(self.actor).filter(document__in=ids)
        place = {pk: number for number, pk in enumerate(ids)}
        rows = lines.select_related("document__distributor", "order_line__order", "order_line__product")
        return sorted(rows.order_by("position"), key=lambda line: place[line.document_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_request=can_request_return_itself(self.actor), **kwargs)


class ReturnView(ScopedDetailView):
    permission_required = is_active_user
    model = Return
    lookup_field = "number"
    related = (*_RELATED, "requested_by", "decided_by", "sent_by", "received_by", "inspected_by")
    template_name = "orders/return.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> ReturnStatus:
        return ReturnStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        document = self.object
        moves = available_actions(RETURN_STATES, document, self.actor)
        first = next((move.action for move in moves if move.action in _PRIMARY), "")
        return [
            NextStep(
                label=move.label,
                url=reverse(f"orders:return-{move.action}", args=[document.number]),
                opens=move.action not in _AT_ONCE,
                primary=move.action == first,
                dangerous=move.dangerous,
                confirm=_("Cancel return %(number)s?") % {"number": document} if move.action == "cancel" else "",
                version=document.version,
            )
            for move in moves
        ]

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("return", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.object
        lines = document.lines.select_related("order_line__order", "order_line__product").order_by("position")
        photos = document.status == ReturnStatus.REQUESTED and can_request_return(self.actor, document)
        return super().get_context_data(
            lines=list(lines.prefetch_related("inspected_goods__warehouse", "inspected_goods__block", "photos")),
            rules=rule_texts(document.broken_rules, reader=self.actor),
            room=room_of(distributor_id=document.distributor_id),
            has_left=document.sent_at is not None,
            has_arrived=document.received_at is not None,
            is_inspected=document.inspected_on is not None,
            may_add_photo=photos,
            print_links=links_of_return(document.number) if document.decided_at else [],
            **kwargs,
        )


class ReturnPhotoView(ScopedDetailView):
    """A photo, always to be saved."""

    permission_required = is_active_user
    model = ReturnPhoto

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:  # noqa: ARG002 - the base's
        photo: ReturnPhoto = self.object
        if photo.line.document.number != self.kwargs["number"]:
            raise Http404
        return as_download(photo.file, name=photo.name, media_type=photo.media_type)
