"""Pages of duties: the list, a new one, a change."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty
from accounts.permissions import can_change_duties, can_see_radar
from accounts.services.duties import FIELDS, change_duty, create_duty
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from responsibility.filters import DutyFilter
from responsibility.forms.duties import DutyForm
from responsibility.tables import DutyTable


def way_to_duties() -> Sequence[Crumb]:
    return (
        Crumb(label=str(_("Responsibilities")), url=reverse("responsibility:radar")),
        Crumb(label=str(_("Duties")), url=reverse("responsibility:duties")),
    )


class DutyListView(ScopedListView):
    """What somebody answers for at each distributor, in words."""

    permission_required = can_see_radar
    title = _("Duties")
    template_name = "responsibility/duties.html"
    model = Duty
    table_class = DutyTable
    filterset_class = DutyFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"code": ["code"], "position": ["position", "code"]}
    default_sort = "position"
    empty = EmptyState(
        title=_("No duties are set up yet."), text=_("Each distributor gets one accountable person for each of them.")
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_duties()[:1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_change=can_change_duties(self.actor), **kwargs)


def _values(form: DutyForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}


class DutyNewView(ServiceFormView):
    permission_required = can_change_duties
    title = _("New duty")
    form_class = DutyForm
    submit_label = _("Create")
    success_message = _("Created. Assign people for it.")

    def back_url(self) -> str:
        return reverse("responsibility:duties")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_duties()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_new": True}

    def form_valid(self, form: Any) -> HttpResponse:
        create_duty(actor=self.actor, code=form.cleaned_data["code"], **_values(form))
        return super().form_valid(form)


class DutyChangeView(ScopedServiceFormView):
    permission_required = can_change_duties
    title = _("Change duty")
    model = Duty
    lookup_field = "code"
    form_class = DutyForm

    def page_title(self) -> str:
        return str(self.object.display_name)

    def back_url(self) -> str:
        return reverse("responsibility:duties")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_duties()

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FIELDS}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_new": False}

    def form_valid(self, form: Any) -> HttpResponse:
        change_duty(actor=self.actor, duty_id=self.object.pk, **_values(form))
        return super().form_valid(form)
