"""Forms of a wave: what was scanned, what was short, and how it is shipped."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.errors import Problem
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from orders.fulfilment.waves.enums import WaveStatus
from orders.fulfilment.waves.models import Pick, Wave
from orders.fulfilment.waves.permissions import can_work_on
from orders.fulfilment.waves.selectors.figures import next_places
from orders.fulfilment.waves.services.picking import Picked, record_picks
from orders.fulfilment.waves.services.scanning import pick_scanned
from orders.fulfilment.waves.services.shipping import ship_wave
from orders.wave_pages.forms import ScanForm, ShipWaveForm, ShortForm
from orders.wave_pages.views.waves import pick_of, ship_form, way_to_list

NEXT_PLACES = 8


class _WaveForm(ScopedServiceFormView):
    abstract = True
    permission_required = can_work_on
    model = Wave
    lookup_field = "number"
    related = ("warehouse",)

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]


class ShipWave(_WaveForm):
    """All that was picked leaves at once, with its carrier and serial numbers."""

    title = pgettext_lazy("wave", "Ship all")
    form_class = ShipWaveForm
    submit_label = pgettext_lazy("wave", "Ship all")
    back_label = gettext_lazy("Back")

    def get_form(self, _form_class: Any = None) -> ShipWaveForm:
        return ship_form(self.object, self.actor, **self.get_form_kwargs())

    def form_valid(self, form: Any) -> HttpResponse:
        shipments = ship_wave(
            wave_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            carrier_id=form.carrier_id(),
            serials=form.serials(),
            expected_version=self.expected_version(),
        )
        count = len(shipments)
        said = ngettext("%(count)d order is shipped.", "%(count)d orders are shipped.", count)
        self.success_message = said % {"count": count}
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.replace("serials.", "serials-")


class ScanPicks(_WaveForm):
    """Product, lot, Enter: what is next on the walk stands below."""

    title = pgettext_lazy("wave", "Scan")
    form_class = ScanForm
    template_name = "orders/wave_scan.html"
    submit_label = pgettext_lazy("wave", "Picked")
    back_label = gettext_lazy("Back")

    def form_valid(self, form: Any) -> HttpResponse:
        wave = pick_scanned(wave_id=self.object.pk, actor=self.actor, now=timezone.now(), **form.cleaned_data)
        here = reverse("orders:wave-scan", args=[wave.number])
        self.success_url = here if wave.status == WaveStatus.OPEN else wave.get_absolute_url()
        self.success_message = _("%(product)s is recorded.") % {"product": form.cleaned_data["product"]}
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Pick.objects.visible_to(self.actor).filter(line__wave=self.object)
        following = next_places(self.object, NEXT_PLACES)
        left = rows.filter(picked=None).count()
        return super().get_context_data(following=following, left=left, all=rows.count(), **kwargs)


class ShortPick(_WaveForm):
    """Fewer pieces than listed, with the reason."""

    title = pgettext_lazy("wave", "Short pick")
    form_class = ShortForm
    success_message = gettext_lazy("Recorded. What is short stays open on the order.")

    pick: Pick

    def prepare(self) -> None:
        """Another wave's pick is not found."""
        super().prepare()
        self.pick = pick_of(self.object, self.kwargs["pk"], self.actor)

    def page_title(self) -> str:
        return f"{self.title} {self.pick.line.order_line.product.code}"

    def get_initial(self) -> dict[str, Any]:
        return {"pieces": self.pick.picked, "reason": self.pick.short_reason}

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        record_picks(
            wave_id=self.object.pk,
            picked=[Picked(pick_id=self.pick.pk, pieces=data["pieces"], reason=data["reason"])],
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)

    def get_field_name(self, _problem: Problem) -> str | None:
        return "pieces"
