"""Waves: the list, one with its pick list, scanned or recorded row by row, printed, shipped and called off."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.actors import Actor
from core.errors import Message, NotVisible
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from orders.fulfilment.waves.enums import OPEN_WAVES, WAVE, WaveStatus
from orders.fulfilment.waves.models import Pick, Wave, WaveLine
from orders.fulfilment.waves.permissions import can_work_on
from orders.fulfilment.waves.selectors.figures import give_figures
from orders.fulfilment.waves.selectors.numbered import numbered_lines
from orders.fulfilment.waves.services.cancelling import cancel_wave, take_out
from orders.fulfilment.waves.services.picking import Picked, pick_all, record_picks
from orders.pages.paper_forms import size_of
from orders.pages.selectors.order_lines import carriers_for
from orders.pages.views.printing import as_pdf
from orders.papers.services.printing_waves import print_wave
from orders.wave_pages.filters import WaveFilterSet
from orders.wave_pages.forms import ShipWaveForm
from orders.wave_pages.tables import WaveTable

LIST = "orders:waves"


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(WaveList.title), url=reverse(LIST))]


class WaveList(ScopedListView):
    permission_required = can_work_on
    title = gettext_lazy("Waves")
    model = Wave
    table_class = WaveTable
    filterset_class = WaveFilterSet
    sorts = {"made_at": ("made_at", "pk")}
    default_sort = "-made_at"
    related = ("warehouse", "made_by")
    page_key = "waves"
    template_name = "orders/waves.html"
    empty = EmptyState(
        title=gettext_lazy("No waves yet."),
        text=gettext_lazy("Tick orders that are to be shipped, and make a wave of them: it appears here."),
        action_label=gettext_lazy("Orders to ship"),
        action_url="/orders/to-ship/",
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return give_figures(super().get_rows(ids))


class WavePage(ScopedDetailView):
    permission_required = can_work_on
    model = Wave
    lookup_field = "number"
    related = ("warehouse", "made_by", "shipped_by")
    template_name = "orders/wave.html"

    def prepare(self) -> None:
        super().prepare()
        (self.object,) = give_figures([self.object])

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> WaveStatus:
        return WaveStatus(self.object.status)

    @cached_property
    def picks(self) -> list[Pick]:
        rows = (
            Pick.objects.visible_to(self.actor)
            .filter(line__wave=self.object)
            .select_related(
                "lot", "line__order_line__product", "line__order_line__order__distributor", "line__shipment"
            )
        )
        return list(rows.order_by("zone", "place", "line__order_line__product__code", "pk"))

    def next_steps(self) -> Sequence[NextStep]:
        wave = self.object
        if not can_work_on(self.actor, wave) or wave.status not in OPEN_WAVES:
            return []
        is_ready = wave.status == WaveStatus.PICKED
        steps = []
        if not is_ready:  # what is ready is shipped by the form of the page, which names the carrier
            url = reverse("orders:wave-pick-all", args=[wave.number])
            label = pgettext_lazy("wave", "All picked as listed")
            steps.append(NextStep(label=label, url=url, primary=True, version=wave.version))
            url = reverse("orders:wave-scan", args=[wave.number])
            steps.append(NextStep(label=pgettext_lazy("wave", "Scan"), url=url, opens=True))
        url = reverse("orders:wave-print", args=[wave.number])
        steps.append(NextStep(label=pgettext_lazy("wave", "Print the pick list"), url=url, opens=True))
        steps.append(
            NextStep(
                label=pgettext_lazy("wave", "Cancel wave"),
                url=reverse("orders:wave-cancel", args=[wave.number]),
                dangerous=True,
                confirm=_("Cancel wave %(number)s? Its orders can be picked in another one.") % {"number": wave},
                version=wave.version,
            )
        )
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [(WAVE, self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        zones = [(zone, list(rows)) for zone, rows in groupby(self.picks, key=lambda pick: pick.zone)]
        orders: dict[int, Any] = {}
        for pick in self.picks:
            order = pick.line.order_line.order
            orders.setdefault(order.pk, order).sent_with = pick.line.shipment
        may_work = can_work_on(self.actor, self.object) and self.object.status in OPEN_WAVES
        return super().get_context_data(
            zones=zones,
            orders=list(orders.values()),
            recorded=sum(pick.picked is not None for pick in self.picks),
            count=len(self.picks),
            may_work=may_work,
            ship_form=ship_form(self.object, self.actor)
            if may_work and self.object.status == WaveStatus.PICKED
            else None,
            **kwargs,
        )


def ship_form(wave: Wave, actor: Actor, **options: Any) -> ShipWaveForm:
    return ShipWaveForm(**options, carriers=carriers_for(actor=actor), lines=numbered_lines(wave))


class _WaveStep(ActionView):
    abstract = True
    permission_required = can_work_on
    model = Wave
    lookup_field = "number"
    service: Any

    def values(self) -> dict[str, Any]:
        return {}

    def perform(self) -> Message | None:
        type(self).service(
            wave_id=self.object.pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(),
            **self.values(),
        )  # fmt: skip
        return None


class PickAll(_WaveStep):
    service = staticmethod(pick_all)
    success_message = gettext_lazy("All is recorded as picked.")


class PickOne(_WaveStep):
    """One row was there as listed."""

    service = staticmethod(record_picks)
    success_message = gettext_lazy("Recorded.")

    def values(self) -> dict[str, Any]:
        pick = pick_of(self.object, self.kwargs["pk"], self.actor)
        return {"picked": [Picked(pick_id=pick.pk, pieces=pick.quantity)]}


class CancelWave(_WaveStep):
    service = staticmethod(cancel_wave)
    success_message = gettext_lazy("The wave is cancelled.")


class TakeOutOrder(_WaveStep):
    """One order is picked another time."""

    service = staticmethod(take_out)
    success_message = gettext_lazy("The order is taken out.")

    def values(self) -> dict[str, Any]:
        inside = WaveLine.objects.visible_to(self.actor).filter(
            wave=self.object, order_line__order__number=self.kwargs["order"]
        )
        order_id = inside.values_list("order_line__order", flat=True).first()
        if order_id is None:
            raise NotVisible
        return {"order_id": order_id}


def pick_of(wave: Wave, pk: int, actor: Actor) -> Pick:
    rows = Pick.objects.visible_to(actor).filter(line__wave=wave).select_related("lot", "line__order_line__product")
    found: Pick | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


class PrintWave(ScopedObjectMixin):
    """The pick list of all its orders."""

    permission_required = can_work_on
    model = Wave
    lookup_field = "number"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        content = print_wave(wave_id=self.object.pk, size=size_of(request.GET), actor=self.actor)
        return as_pdf(content, f"wave-{self.object.pk}")
