"""Pages of distributors: the list, one of them, and its form."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import DistributorStatus
from accounts.errors import StillOpen
from accounts.filters import DistributorFilter
from accounts.forms.people import DistributorForm
from accounts.models import Distributor
from accounts.permissions import (
    can_assign,
    can_change_distributor,
    can_create_distributor,
    can_see_distributors,
    can_see_radar,
)
from accounts.selectors.checklists import checklist_of
from accounts.selectors.distributors import ancestor_rows, branch_rows, find_distributors
from accounts.selectors.people import contacts_of
from accounts.selectors.radar_cells import by_person, duty_cells
from accounts.selectors.readiness import company_presets
from accounts.services.distributors import FIELDS, change_distributor, create_distributor
from accounts.tables import DistributorTable
from core.errors import DomainError, Problem
from core.ui.details import NextStep, ScopedDetailView, Tab
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.kpis import kpis_for
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from core.ui.search import SearchHit
from core.ui.tabs import context_of, steps_for, tabs_for

CONFIRM_OPEN = "confirm_open"


def way_to_list() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Distributors")), url=reverse("accounts:distributors")),)


class DistributorListView(ScopedListView):
    permission_required = can_see_distributors
    title = _("Distributors")
    template_name = "accounts/distributors.html"
    model = Distributor
    table_class = DistributorTable
    filterset_class = DistributorFilter
    sorts: ClassVar = {
        "name": ["name"],
        "code": ["code"],
        "city": ["city"],
        "status": ["status"],
        "started_on": ["started_on"],
    }
    default_sort = "code"
    related = ("tier", "territory", "parent")
    empty = EmptyState(
        title=_("No distributors yet."),
        text=_("Distributors you are responsible for appear here."),
    )

    def get_empty_state(self) -> EmptyState:
        if not can_create_distributor(self.actor):
            return self.empty
        add = str(reverse("accounts:distributor-new"))
        return EmptyState(
            title=self.empty.title, text=self.empty.text, action_label=_("New distributor"), action_url=add
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_create=can_create_distributor(self.actor), **kwargs)


class DistributorView(ScopedDetailView):
    """Details, responsible people and sub-distributors; upper apps add tabs for the rest."""

    permission_required = can_see_distributors
    model = Distributor
    lookup_field = "code"
    related = ("tier", "territory", "parent", "merged_into")
    template_name = "accounts/distributor.html"

    def page_title(self) -> str:
        return str(self.object.display_name)

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> DistributorStatus:
        return DistributorStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        return (*steps_for("distributor", self.actor, self.object), *self._changes())

    def _changes(self) -> Sequence[NextStep]:
        if not can_change_distributor(self.actor, self.object):
            return ()
        code = [self.object.code]
        if self.object.merged_into_id is not None:
            undo = reverse("responsibility:distributor-undo-merge", args=code)
            return (NextStep(label=_("Undo the merge"), url=undo, version=self.object.version),)
        steps = ((_("Change"), "accounts:distributor-change"), (_("Merge"), "responsibility:distributor-merge"))
        return [NextStep(label=label, url=reverse(route, args=code), opens=True) for label, route in steps]

    def tabs(self) -> Sequence[Tab]:
        contacts = Tab(key="contacts", label=_("People"), template="accounts/partials/contacts.html")
        network = Tab(key="network", label=_("Sub-network"), template="accounts/partials/network.html")
        return (*tabs_for("distributor", self.actor), contacts, network)

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return (("distributor", self.object.pk),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        tab = self.current_tab(self.tabs())
        added = context_of("distributor", tab.key, user, self.object) if tab else {}
        if tab is not None and tab.key == "network":
            above = ancestor_rows(user, self.object)
            added = {"branch": branch_rows(user, self.object.pk), "above": above}
        if tab is not None and tab.key == "contacts":
            added = {"people": contacts_of(self.object)}
        may_assign = can_assign(user, self.object)
        cells = duty_cells(self.object.pk, on=timezone.localdate())
        return super().get_context_data(
            checklist=checklist_of(user, self.object) if may_assign else [],
            kpis=kpis_for("distributor", user, self.object),
            accountable=by_person(cells),
            may_assign=may_assign,
            may_see_radar=can_see_radar(user),
            merged=Distributor.objects.visible_to(user).filter(merged_into=self.object).order_by("code"),
            **added,
            **kwargs,
        )


class _DistributorForm(ServiceFormView):
    """What making and changing share."""

    abstract = True
    form_class = DistributorForm

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.removesuffix("_id") or None


class DistributorNewView(_DistributorForm):
    permission_required = can_create_distributor
    title = _("New distributor")
    submit_label = _("Create distributor")
    success_message = _("Distributor created. The list below says what it still needs before it can order.")

    def back_url(self) -> str:
        return reverse("accounts:distributors")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_initial(self) -> dict[str, Any]:
        """Country, currency and language are those of the company until somebody says otherwise."""
        return company_presets()

    def form_valid(self, form: Any) -> HttpResponse:
        self.success_url = create_distributor(actor=self.actor, **form.values()).get_absolute_url()
        return super().form_valid(form)


class DistributorChangeView(ScopedServiceFormView, _DistributorForm):
    permission_required = can_change_distributor
    title = _("Change distributor")
    model = Distributor
    lookup_field = "code"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "existing": True}

    def get_initial(self) -> dict[str, Any]:
        initial = {name.removesuffix("_id"): getattr(self.object, name) for name in FIELDS}
        return {**initial, "parent": self.object.parent.code if self.object.parent else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        change_distributor(
            actor=self.actor,
            distributor_id=self.object.pk,
            expected_version=self.expected_version(),
            confirm_open=CONFIRM_OPEN in self.request.POST,
            **form.values(),
        )
        return super().form_valid(form)

    def form_refused(self, form: Any, error: DomainError) -> HttpResponse:
        if isinstance(error, StillOpen):
            form.fields[CONFIRM_OPEN] = forms.BooleanField(label=_("Change the status although this is open"))
        return super().form_refused(form, error)


def distributor_hits(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            title=distributor.display_name,
            subtitle=f"{distributor.code} {distributor.city}".strip(),
            url=distributor.get_absolute_url(),
        )
        for distributor in find_distributors(user, text, limit)
    ]
