"""The responsibility radar: the matrix, one cell of it, and its forms."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import CellState
from accounts.filters import DistributorFilter
from accounts.models import Distributor, Duty
from accounts.permissions import can_assign, can_hand_over, can_see_radar
from accounts.selectors.radar_cells import duty_cells
from accounts.selectors.responsibility_history import has_colleagues, responsibility_history
from core.http import actor_of
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import DayForm
from core.ui.list_header import CURSOR, Chip, EmptyState, address, chips
from core.ui.page import Crumb, Page
from responsibility.selectors.radar import radar_distributors, responsibility_matrix
from responsibility.selectors.radar_summary import distributors_in_state, radar_summary
from responsibility.selectors.silent import count_silent


def way_to_radar() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Responsibilities")), url=reverse("responsibility:radar")),)


class RadarView(Page):
    """Distributors by duties on a day, the gaps first."""

    permission_required = can_see_radar
    title = _("Responsibilities")
    template_name = "responsibility/radar.html"
    partial_name = "more"
    empty = EmptyState(
        title=_("No distributors here."),
        text=_("Your distributors and the people responsible for each duty appear here."),
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        user = self.actor
        on = self.day
        rows = radar_distributors(user, on=on)
        if self.state is not None:
            rows = distributors_in_state(rows, self.state, on=on)
        filterset = DistributorFilter(request.GET, queryset=rows, request=request)
        found = chips(filterset, request.GET)
        if self.state is not None:
            without = address(request.GET, state="")
            found.append(Chip(label=str(_("state")), value=str(self.state.label), without=without))
        matrix = responsibility_matrix(filterset.qs, on=on, cursor=request.GET.get(CURSOR, ""))
        return self.render_to_response(
            self.get_context_data(
                matrix=matrix,
                summary=radar_summary(user, on=on),
                silent=count_silent(user, on=timezone.localdate()) if not request.GET.get(CURSOR) else 0,
                states=list(CellState),
                filterset=filterset,
                chips=found,
                filtered=bool(found),
                all_url=request.path,
                empty=self.empty,
                on=on,
                days=self._days(),
                more_url=address(request.GET, **{CURSOR: matrix.following}) if matrix.following else "",
                first=not request.GET.get(CURSOR),
                may_assign=can_assign(user),
                may_hand_over=can_hand_over(user) and has_colleagues(user),
            )
        )

    @cached_property
    def state(self) -> CellState | None:
        """Only distributors with a duty in this state."""
        wanted = self.request.GET.get("state", "")
        return CellState(wanted) if wanted in CellState.values else None

    @cached_property
    def day(self) -> date:
        form = DayForm(self.request.GET)
        wanted = form.cleaned_data["on"] if form.is_valid() else None
        return wanted or timezone.localdate()

    def _days(self) -> list[dict[str, Any]]:
        """The days that one press leads to."""
        today = timezone.localdate()
        offers = ((_("Today"), 0), (_("In a month"), 30), (_("In three months"), 90))
        return [
            {
                "label": label,
                "url": address(self.request.GET, on=(today + timedelta(days=days)).isoformat() if days else ""),
                "current": self.day == today + timedelta(days=days),
            }
            for label, days in offers
        ]


class DutyOfView(ScopedDetailView):
    """One cell: the responsible person, from when, until when, the stand-in, and earlier ones."""

    permission_required = can_see_radar
    model = Distributor
    lookup_field = "code"
    template_name = "responsibility/duty_of.html"

    @cached_property
    def duty(self) -> Duty:
        return duty_or_404(self.request, self.kwargs["duty"])

    def page_title(self) -> str:
        return gettext("%(title)s: %(name)s") % {"title": self.duty.display_name, "name": self.object.display_name}

    def crumbs(self) -> Sequence[Crumb]:
        return (*way_to_radar(), Crumb(label=self.object.display_name, url=self.object.get_absolute_url()))

    @cached_property
    def cell(self) -> Any:
        cells = duty_cells(self.object.pk, on=timezone.localdate())
        return next((cell for cell in cells if cell.duty.pk == self.duty.pk), None)

    def state(self) -> Any:
        return self.cell.state if self.cell else None

    def next_steps(self) -> Sequence[NextStep]:
        if not can_assign(self.actor, self.object):
            return ()
        give = reverse("responsibility:duty-assign", args=[self.object.code, self.duty.code])
        responsibility = self.cell.responsibility if self.cell else None
        if responsibility is None:
            return (NextStep(label=_("Assign"), url=give, opens=True, primary=True),)
        move = f"{reverse('responsibility:hand-over')}?ids={self.object.pk}&duty={self.duty.pk}&from={responsibility.user_id}"
        end = reverse("responsibility:responsibility-end", args=[responsibility.pk])
        others = (
            NextStep(label=_("Assign for another period"), url=give, opens=True),
            NextStep(label=_("End responsibility"), url=end, opens=True, dangerous=True),
        )
        if not has_colleagues(self.actor):
            return others
        return (NextStep(label=_("Hand over"), url=move, opens=True, primary=True), *others)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        history = responsibility_history(user, distributor_id=self.object.pk, duty_id=self.duty.pk)
        return super().get_context_data(cell=self.cell, duty=self.duty, history=history, **kwargs)


def duty_or_404(request: HttpRequest, code: str) -> Duty:
    duty: Duty | None = Duty.objects.visible_to(actor_of(request)).filter(code=code).first()
    if duty is None:
        raise Http404
    return duty
