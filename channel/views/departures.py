"""Departures from agreements: the list, one of them with its evidence, and the forms that record and close one."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from channel.enums import ControlMode, ControlSubject, DepartureStatus
from channel.filters import DepartureFilterSet
from channel.forms.steps import AgentForm, CloseDepartureForm, DepartureForm
from channel.models import Agreement, ControlDeparture
from channel.permissions import can_confirm_agent, can_record_departures, can_see_agreements
from channel.services.agreements import confirm_agent
from channel.services.departures import close_departure, record_departure
from channel.tables import DepartureTable
from channel.views.steps import StepView
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from messaging.services.files import as_download


class DepartureListView(ScopedListView):
    """What was not kept of what agreements say, the latest first."""

    permission_required = can_see_agreements
    title = _("Departures from agreements")
    model = ControlDeparture
    table_class = DepartureTable
    filterset_class = DepartureFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"noticed_on": ["noticed_on", "pk"]}
    default_sort = "-noticed_on"
    related = ("agreement__distributor", "recorded_by")
    empty = EmptyState(
        title=_("No departures recorded."), text=_("What is not kept of an agreement is recorded on its page.")
    )


class DepartureView(ScopedDetailView):
    permission_required = can_see_agreements
    model = ControlDeparture
    related = ("agreement__distributor", "recorded_by", "closed_by")
    template_name = "channel/departure.html"

    def page_title(self) -> str:
        return f"{self.object} {self.object.agreement.distributor.display_name}"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(DepartureListView.title), url=reverse("channel:departures"))]

    def state(self) -> DepartureStatus:
        return DepartureStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        if self.object.status != DepartureStatus.OPEN or not can_record_departures(self.actor):
            return ()
        return (
            NextStep(
                label=_("Close"),
                url=reverse("channel:departure-close", args=[self.object.pk]),
                opens=True,
                version=self.object.version,
            ),
        )


class RecordDepartureView(ScopedServiceFormView):
    permission_required = can_record_departures
    title = _("Record a departure")
    model = Agreement
    form_class = DepartureForm
    submit_label = _("Record")
    success_message = _("Recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        rules = self.object.control_rules.exclude(mode=ControlMode.FREE).order_by("pk")
        subjects = [(name, ControlSubject(name).label) for name in rules.values_list("subject", flat=True)]
        return {**super().get_form_kwargs(), "subjects": subjects}

    def get_initial(self) -> dict[str, Any]:
        return {"noticed_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        departure = record_departure(
            agreement_id=self.object.pk,
            subject=data["subject"],
            noticed_on=data["noticed_on"],
            text=data["text"],
            evidence=form.seen(),
            actor=self.actor,
        )
        self.success_url = departure.get_absolute_url()
        return super().form_valid(form)


class CloseDepartureView(ScopedServiceFormView):
    permission_required = can_record_departures
    title = _("Close departure")
    model = ControlDeparture
    form_class = CloseDepartureForm
    submit_label = _("Close")
    success_message = _("Closed.")

    def form_valid(self, form: Any) -> HttpResponse:
        close_departure(
            departure_id=self.object.pk,
            status=form.cleaned_data["status"],
            outcome=form.cleaned_data["outcome"],
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class EvidenceView(ScopedObjectMixin):
    """The evidence, for whoever may see the departure; always as a file to be saved."""

    permission_required = can_see_agreements
    model = ControlDeparture

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        departure = self.object
        if not departure.evidence:
            raise Http404
        return as_download(departure.evidence, name=departure.evidence_name, media_type=departure.evidence_type)


class ConfirmAgentView(StepView):
    """An administrator's switch: the resale price of a true agent may be fixed."""

    permission_required = can_confirm_agent
    title = _("Confirm true agent")
    form_class = AgentForm
    submit_label = _("Confirm")
    success_message = _("Confirmed. The resale price may be fixed in this agreement.")
    service = staticmethod(confirm_agent)
