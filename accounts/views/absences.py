"""Pages of absences: the list, a new one, a change, a cancellation."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.filters import AbsenceFilter
from accounts.forms.absences import AbsenceForm
from accounts.models import Absence
from accounts.permissions import can_record_absence, has_role
from accounts.services.absences import cancel_absence, change_absence, record_absence
from accounts.tables import AbsenceTable
from core.ui.actions import ActionView
from core.ui.details import NextStep
from core.ui.forms import DayForm, ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb


def way_to_absences() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Absences")), url=reverse("accounts:absences")),)


class AbsenceListView(ScopedListView):
    permission_required = has_role
    title = _("Absences")
    template_name = "accounts/absences.html"
    model = Absence
    table_class = AbsenceTable
    filterset_class = AbsenceFilter
    sorts: ClassVar = {"person": ["person__full_name"], "starts_on": ["starts_on"], "ends_on": ["ends_on"]}
    default_sort = "-starts_on"
    related = ("person", "stand_in")
    empty = EmptyState(title=_("No absences."), text=_("While someone is away, their stand-in covers for them."))


class AbsenceNewView(ServiceFormView):
    """One's own absence; an administrator names the person."""

    permission_required = has_role
    title = _("New absence")
    form_class = AbsenceForm
    submit_label = _("Record absence")
    success_message = _("Absence recorded.")

    def back_url(self) -> str:
        return reverse("accounts:absences")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_absences()

    def get_initial(self) -> dict[str, Any]:
        """The day that the calendar names, else today."""
        asked = DayForm({"on": self.request.GET.get("starts_on", "")})
        day = asked.cleaned_data["on"] if asked.is_valid() else None
        return {"starts_on": day or timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def form_valid(self, form: AbsenceForm) -> HttpResponse:
        person = form.cleaned_data.get("person") or self.actor
        record_absence(actor=self.actor, person_id=person.pk, **form.values())
        return super().form_valid(form)


class AbsenceChangeView(ScopedServiceFormView):
    permission_required = has_role
    title = _("Change absence")
    model = Absence
    related = ("person",)
    template_name = "accounts/absence.html"
    form_class = AbsenceForm

    def prepare(self) -> None:
        super().prepare()
        if not can_record_absence(self.actor, self.object.person):
            raise PermissionDenied

    def page_title(self) -> str:
        return str(_("Absence of %(person)s")) % {"person": self.object.person}

    def back_url(self) -> str:
        return reverse("accounts:absences")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_absences()

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("starts_on", "ends_on", "stand_in", "note")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "person": self.object.person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel = NextStep(
            label=_("Cancel absence"),
            url=reverse("accounts:absence-cancel", args=[self.object.pk]),
            dangerous=True,
            confirm=_("Cancel this absence?"),
        )
        return super().get_context_data(**({"next_steps": [cancel]} | kwargs))

    def form_valid(self, form: AbsenceForm) -> HttpResponse:
        change_absence(
            actor=self.actor, absence_id=self.object.pk, expected_version=self.expected_version(), **form.values()
        )
        return super().form_valid(form)


class AbsenceCancelView(ActionView):
    permission_required = has_role
    model = Absence
    success_message = _("Absence cancelled.")

    def get_success_url(self) -> str:
        return reverse("accounts:absences")

    def perform(self) -> None:
        cancel_absence(actor=self.actor, absence_id=self.object.pk)
