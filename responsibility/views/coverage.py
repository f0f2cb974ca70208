"""Who was accountable for each duty on every day of a range: gaps on the page, everything in the file."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.filters import DistributorFilter
from accounts.models import Distributor, Duty
from accounts.permissions import can_see_radar
from core.ui.exports import FORMATS, ExportSheet, export_response
from core.ui.list_header import EXPORT, address, chips
from core.ui.page import Crumb, Page
from responsibility.forms.coverage import CoverageForm
from responsibility.selectors.coverage import CoverageSpan, coverage_spans
from responsibility.tables import CoverageTable

MOST_SHOWN = 200
BATCH = 1000


class CoverageView(Page):
    """Proof of "no gap": every day of every duty, swept in SQL; the page lists what is not covered."""

    permission_required = can_see_radar
    title = _("Coverage over time")
    template_name = "responsibility/coverage.html"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(label=str(_("Responsibilities")), url=reverse("responsibility:radar")),)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        wanted = request.GET.get(EXPORT, "")
        if wanted in FORMATS and self.form.is_valid():
            sheet = ExportSheet(self.title, CoverageTable, self._batches)
            return export_response(wanted, name="coverage", sheets=[sheet])
        found = chips(self.filterset, request.GET)
        context = {"form": self.form, "filterset": self.filterset, "chips": found}
        if self.form.is_valid():
            context |= self._result()
        return self.render_to_response(self.get_context_data(**context))

    def _result(self) -> dict[str, Any]:
        first, last = self.days
        faults = list(islice(self._spans(only_faults=True), MOST_SHOWN + 1))
        return {
            "first": first,
            "last": last,
            "days": (last - first).days + 1,
            "distributors": len(self.ids),
            "duties": len(self.duties),
            "faults": len(faults),
            "more": len(faults) > MOST_SHOWN,
            "shown": MOST_SHOWN,
            "table": CoverageTable(faults[:MOST_SHOWN]),
            "phone_columns": CoverageTable([]).phone_columns(),
            "exports": [(kind.upper(), f"{address(self.request.GET)}&{EXPORT}={kind}") for kind in FORMATS],
        }

    @cached_property
    def form(self) -> CoverageForm:
        """Bound always: without days in the address, this year until today."""
        today = timezone.localdate()
        query = self.request.GET.copy()
        query.setdefault("first", today.replace(month=1, day=1).isoformat())
        query.setdefault("last", today.isoformat())
        return CoverageForm(query, viewer=self.actor)

    @cached_property
    def filterset(self) -> DistributorFilter:
        rows = Distributor.objects.visible_to(self.actor).ordering()
        return DistributorFilter(self.request.GET, queryset=rows, request=self.request)

    @property
    def days(self) -> tuple[date, date]:
        return self.form.cleaned_data["first"], self.form.cleaned_data["last"]

    @cached_property
    def ids(self) -> list[int]:
        return list(self.filterset.qs.order_by("code").values_list("pk", flat=True))

    @cached_property
    def duties(self) -> list[int]:
        chosen = self.form.cleaned_data["duty"] or Duty.objects.visible_to(self.actor).filter(is_active=True)
        return [duty.pk for duty in chosen]

    def _spans(self, *, only_faults: bool) -> Iterator[CoverageSpan]:
        first, last = self.days
        return coverage_spans(self.ids, self.duties, first=first, last=last, only_faults=only_faults)

    def _batches(self) -> Iterator[Sequence[CoverageSpan]]:
        spans = self._spans(only_faults=False)
        while batch := list(islice(spans, BATCH)):
            yield batch
