"""The sheet of a handover: to read through together, and to print."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_see_radar
from core.ui.page import Crumb, Page
from responsibility.selectors.hand_overs import Sheet, hand_over_sheet
from responsibility.views.radar import way_to_radar


class HandOverSheetView(Page):
    permission_required = can_see_radar
    title = _("Handover sheet")
    template_name = "responsibility/hand_over_sheet.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_radar()

    @cached_property
    def sheet(self) -> Sheet:
        sheet = hand_over_sheet(self.actor, event_id=self.kwargs["pk"])
        if sheet is None:
            raise Http404
        return sheet

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(sheet=self.sheet))
