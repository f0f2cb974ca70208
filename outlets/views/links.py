"""From whom outlets buy: the list of all links, a new one, and the end of one."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Problem
from core.ui.forms import ScopedServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from outlets.filters import OutletLinkFilter
from outlets.forms import EndLinkForm, LinkForm
from outlets.models import Outlet, OutletLink
from outlets.permissions import can_change_outlets, can_see_outlets
from outlets.services.links import end_link, link_outlet
from outlets.tables import OutletLinkTable
from outlets.views.outlets import way_to_list


class OutletLinkListView(ScopedListView):
    permission_required = can_see_outlets
    title = _("Who buys from whom")
    model = OutletLink
    table_class = OutletLinkTable
    filterset_class = OutletLinkFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "outlet": ["outlet__code", "pk"],
        "distributor": ["distributor__code", "pk"],
        "starts_on": ["starts_on", "pk"],
    }
    default_sort = "-starts_on"
    related = ("outlet", "distributor", "brand")
    empty = EmptyState(
        title=_("No outlet is linked to a distributor yet."), text=_("Links are added on the page of an outlet.")
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()


class LinkOutletView(ScopedServiceFormView):
    permission_required = can_change_outlets
    title = _("Add a distributor")
    model = Outlet
    lookup_field = "code"
    form_class = LinkForm
    submit_label = _("Add")
    success_message = _("Added.")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=self.object.display_name, url=self.object.get_absolute_url())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        link_outlet(outlet_id=self.object.pk, actor=self.actor, **form.values())
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.removesuffix("_id") or None


class EndLinkView(ScopedServiceFormView):
    permission_required = can_change_outlets
    title = _("End the link")
    model = OutletLink
    related = ("outlet", "distributor")
    form_class = EndLinkForm
    submit_label = _("End the link")
    success_message = _("It ends on that day.")

    def page_title(self) -> str:
        link = self.object
        return f"{link.outlet.display_name} – {link.distributor.display_name}"

    def crumbs(self) -> Sequence[Crumb]:
        outlet = self.object.outlet
        return [*way_to_list(), Crumb(label=outlet.display_name, url=outlet.get_absolute_url())]

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        end_link(
            link_id=self.object.pk,
            ends_on=form.cleaned_data["ends_on"],
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)
