"""Pages of agreements: the list, one with its clauses, and writing a draft."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from channel.enums import BINDING_STATUSES, AgreementStatus, ControlMode
from channel.filters import AgreementFilterSet
from channel.forms.agreements import AgreementForm, NewAgreementForm
from channel.models import Agreement, ControlDeparture
from channel.permissions import (
    AGREEMENT_STATES,
    can_change_agreements,
    can_confirm_agent,
    can_edit_agreement,
    can_record_departures,
    can_see_agreements,
)
from channel.selectors.agreement_cells import add_cells
from channel.selectors.clauses import clauses_of
from channel.services.agreements import create_agreement, save_agreement, terms_of_agreement
from channel.tables import AgreementTable
from core.errors import Problem
from core.state import available_actions
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin, Tab
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EXPORT, EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from core.ui.tabs import context_of, tabs_for
from messaging.services.files import as_download

_ROUTES = {"put_in_force": "put-in-force"}


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(AgreementListView.title), url=reverse("channel:agreements"))]


class AgreementListView(ScopedListView):
    """The agreements that a person may see, those that begin last first."""

    permission_required = can_see_agreements
    title = _("Agreements")
    model = Agreement
    table_class = AgreementTable
    filterset_class = AgreementFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "starts_on": ["starts_on", "pk"],
        "number": ["number", "revision", "pk"],
        "distributor": ["distributor__code", "pk"],
    }
    default_sort = "-starts_on"
    related = ("distributor",)
    template_name = "channel/agreements.html"
    empty = EmptyState(title=_("No agreements yet."), text=_("What is agreed with a distributor appears here."))

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        """A file has what an import of it needs; the page does without."""
        rows = super().get_rows(ids)
        if self.request.GET.get(EXPORT):
            add_cells(rows)
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_create=can_change_agreements(self.actor), **kwargs)


class AgreementView(ScopedDetailView):
    """One agreement: its clauses, who accepted it and when, its revisions, and what happened."""

    permission_required = can_see_agreements
    model = Agreement
    related = ("distributor", "company", "accepted_by", "imported_by")
    template_name = "channel/agreement.html"

    def page_title(self) -> str:
        return f"{self.object} {self.object.distributor.display_name}"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> AgreementStatus:
        return AgreementStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        agreement, actor = self.object, self.actor
        steps = []
        if can_edit_agreement(actor, agreement):
            steps.append(NextStep(label=_("Change"), url=self._address("change"), opens=True))
        steps += [
            NextStep(
                label=move.label,
                url=self._address(_ROUTES.get(move.action, move.action)),
                opens=move.action != "send",
                primary=not move.dangerous,
                dangerous=move.dangerous and move.action == "send",
                version=agreement.version,
            )
            for move in available_actions(AGREEMENT_STATES, agreement, actor)
        ]
        running = agreement.status in {AgreementStatus.IN_FORCE, AgreementStatus.IN_GRACE}
        newer = Agreement.objects.visible_to(actor).filter(previous=agreement)
        if running and can_change_agreements(actor) and not newer.exists():
            steps.append(NextStep(label=_("New revision"), url=self._address("revise"), opens=True))
        if agreement.status in BINDING_STATUSES and can_record_departures(actor) and self._governs():
            steps.append(NextStep(label=_("Record a departure"), url=self._address("departure"), opens=True))
        is_agency = agreement.channel_kinds == [ChannelKind.AGENT] and not agreement.agent_reason
        if agreement.status == AgreementStatus.DRAFT and is_agency and can_confirm_agent(actor):
            steps.append(NextStep(label=_("Confirm true agent"), url=self._address("agent"), opens=True))
        return steps

    def tabs(self) -> Sequence[Tab]:
        """What apps above add: how the minimum purchase stands."""
        return tabs_for("agreement", self.actor)

    def _governs(self) -> bool:
        return bool(self.object.control_rules.exclude(mode=ControlMode.FREE).exists())

    def _address(self, step: str) -> str:
        return reverse(f"channel:agreement-{step}", args=[self.object.pk])

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("agreement", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agreement, tab = self.object, self.current_tab(self.tabs())
        revisions = Agreement.objects.visible_to(self.actor).filter(
            company=agreement.company_id, number=agreement.number
        )
        return super().get_context_data(
            clauses=clauses_of(agreement),
            clearances=agreement.clearances.select_related("address", "cleared_by")[:20],
            departures=ControlDeparture.objects.visible_to(self.actor).filter(agreement=agreement)[:20],
            revisions=revisions.order_by("revision") if agreement.number else (),
            today=timezone.localdate(),
            **(context_of("agreement", tab.key, self.actor, agreement) if tab else {}),
            **kwargs,
        )


class _AgreementForm(ServiceFormView):
    """What writing a new draft and changing one share."""

    abstract = True
    permission_required = can_change_agreements

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field or None


class AgreementCreateView(_AgreementForm):
    title = _("New agreement")
    form_class = NewAgreementForm
    submit_label = _("Save draft")

    def back_url(self) -> str:
        return reverse("channel:agreements")

    def get_initial(self) -> dict[str, Any]:
        return {"distributor": self.request.GET.get("distributor", ""), "starts_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        agreement = create_agreement(
            distributor_id=form.cleaned_data["distributor"].pk, terms=form.agreed(), actor=self.actor
        )
        self.success_url = agreement.get_absolute_url()
        return super().form_valid(form)


class AgreementChangeView(ScopedServiceFormView, _AgreementForm):
    title = _("Change agreement")
    model = Agreement
    form_class = AgreementForm
    submit_label = _("Save draft")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "terms": terms_of_agreement(self.object),
            "may_fix_price": bool(self.object.agent_reason),
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        terms: Any = form
        save_agreement(
            agreement_id=self.object.pk,
            terms=terms.agreed(),
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class ScanView(ScopedObjectMixin):
    """The stamped scan, for whoever may see the agreement; always as a file to be saved."""

    permission_required = can_see_agreements
    model = Agreement

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        agreement = self.object
        if not agreement.scan:
            raise Http404
        return as_download(agreement.scan, name=agreement.scan_name, media_type=agreement.scan_type)
