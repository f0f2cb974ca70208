"""Pages of outlets: the list, one of them with its links, and the forms."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Problem
from core.state import available_actions
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import CURSOR, EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from core.ui.search import SearchHit
from outlets.enums import OutletStatus
from outlets.filters import OutletFilter
from outlets.forms import CloseOutletForm, NewOutletForm, OutletForm
from outlets.models import Outlet, OutletLink
from outlets.permissions import (
    OUTLET_STATES,
    can_add_outlets,
    can_change_outlets,
    can_see_outlets,
)
from outlets.selectors.control import outlets_by_control
from outlets.services.outlets import (
    FIELDS,
    can_keep_outlet,
    change_outlet,
    close_outlet,
    create_outlet,
    open_outlet,
    reopen_outlet,
)
from outlets.tables import OutletTable

MOST_SITES = 50


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(OutletListView.title), url=reverse("outlets:outlets"))]


class OutletListView(ScopedListView):
    """The outlets that a person may see."""

    permission_required = can_see_outlets
    title = _("Outlets")
    model = Outlet
    table_class = OutletTable
    filterset_class = OutletFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "code": ["code"],
        "name": ["name", "pk"],
        "city": ["city", "pk"],
        "status": ["status", "pk"],
        "closed_on": ["closed_on", "pk"],
    }
    default_sort = "code"
    related = ("territory", "head_office")
    template_name = "outlets/outlets.html"
    empty = EmptyState(title=_("No outlets yet."), text=_("Shops that buy from distributors appear here."))

    def get_empty_state(self) -> EmptyState:
        if not can_add_outlets(self.actor):
            return self.empty
        add = str(reverse("outlets:outlet-new"))
        return EmptyState(title=self.empty.title, text=self.empty.text, action_label=_("New outlet"), action_url=add)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_first = self.request.GET.get(CURSOR, "") == "" and not self.request.headers.get("HX-Request")
        return super().get_context_data(
            may_create=can_add_outlets(self.actor), control=outlets_by_control(self.actor) if is_first else (), **kwargs
        )


class OutletView(ScopedDetailView):
    """One outlet: what it is, from whom it buys, its sites, and what happened."""

    permission_required = can_see_outlets
    model = Outlet
    lookup_field = "code"
    related = ("territory", "head_office")
    template_name = "outlets/outlet.html"

    def page_title(self) -> str:
        return str(self.object.display_name)

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> OutletStatus:
        return OutletStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        outlet = self.object
        steps = [
            NextStep(
                label=move.label,
                url=self._address(move.action),
                opens=move.dangerous,
                primary=not move.dangerous,
                dangerous=move.dangerous,
                version=outlet.version,
            )
            for move in available_actions(OUTLET_STATES, outlet, self.actor)
        ]
        if can_keep_outlet(self.actor, outlet):
            steps.append(NextStep(label=_("Change"), url=self._address("change"), opens=True))
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("outlet", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        outlet, actor = self.object, self.actor
        links = OutletLink.objects.visible_to(actor).filter(outlet=outlet).select_related("distributor", "brand")
        seen = Outlet.objects.visible_to(actor)
        return super().get_context_data(
            links=links.order_by("-starts_on", "pk"),
            may_change=can_change_outlets(actor),
            may_link=can_change_outlets(actor) and outlet.status != OutletStatus.CLOSED,
            head_office=seen.filter(pk=outlet.head_office_id).first() if outlet.head_office_id else None,
            sites=seen.filter(head_office=outlet).order_by("code")[:MOST_SITES],
            today=timezone.localdate(),
            **kwargs,
        )

    def _address(self, step: str) -> str:
        return reverse(f"outlets:outlet-{step}", args=[self.object.code])


class _OutletForm(ServiceFormView):
    """What making and changing share."""

    abstract = True

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.removesuffix("_id") or None


class OutletNewView(_OutletForm):
    permission_required = can_add_outlets
    title = _("New outlet")
    form_class = NewOutletForm
    submit_label = _("Create outlet")
    success_message = _("Outlet created. It is planned until it is opened.")

    def back_url(self) -> str:
        return reverse("outlets:outlets")

    def get_initial(self) -> dict[str, Any]:
        return {"distributor": self.request.GET.get("distributor", "")}

    def form_valid(self, form: Any) -> HttpResponse:
        self.success_url = create_outlet(actor=self.actor, **form.values()).get_absolute_url()
        return super().form_valid(form)


class OutletChangeView(ScopedServiceFormView, _OutletForm):
    permission_required = can_add_outlets
    title = _("Change outlet")
    model = Outlet
    lookup_field = "code"
    related = ("head_office",)
    form_class = OutletForm

    def get_initial(self) -> dict[str, Any]:
        initial = {name.removesuffix("_id"): getattr(self.object, name) for name in FIELDS}
        return {**initial, "head_office": self.object.head_office.code if self.object.head_office else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        change_outlet(
            outlet_id=self.object.pk, actor=self.actor, expected_version=self.expected_version(), **form.values()
        )
        return super().form_valid(form)


class OpenOutletView(ActionView):
    permission_required = can_change_outlets
    model = Outlet
    lookup_field = "code"
    success_message = _("The outlet is open.")

    def perform(self) -> None:
        open_outlet(outlet_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class ReopenOutletView(ActionView):
    permission_required = can_change_outlets
    model = Outlet
    lookup_field = "code"
    success_message = _("The outlet is open. Say from whom it buys now.")

    def perform(self) -> None:
        reopen_outlet(outlet_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class CloseOutletView(ScopedServiceFormView):
    permission_required = can_change_outlets
    title = _("Close outlet")
    model = Outlet
    lookup_field = "code"
    form_class = CloseOutletForm
    submit_label = _("Close outlet")
    success_message = _("The outlet is closed.")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_initial(self) -> dict[str, Any]:
        return {"closed_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        close_outlet(
            outlet_id=self.object.pk, actor=self.actor, expected_version=self.expected_version(), **form.cleaned_data
        )
        return super().form_valid(form)


def outlet_hits(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    """Outlets by code, name, city, contact or phone."""
    rows = Outlet.objects.visible_to(user)
    for word in text.lower().split()[:8]:
        rows = rows.filter(search_text__contains=word)
    return [
        SearchHit(
            title=row.display_name,
            subtitle=f"{row.code} {row.city}".strip(),
            code=row.code,
            url=row.get_absolute_url(),
        )
        for row in rows.order_by("code")[:limit]
    ]
