"""The direction of a distributor's business: a new row, and the end of one. The tab that shows them is planning's."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from core.errors import Problem
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from outlets.forms import DirectionForm, EndLinkForm
from outlets.models import BusinessDirection
from outlets.permissions import can_agree_directions
from outlets.services.directions import agree_direction, end_direction


class _DirectionView(ScopedServiceFormView):
    abstract = True
    permission_required = can_agree_directions

    @property
    def distributor(self) -> Distributor:
        found: Distributor = self.object if isinstance(self.object, Distributor) else self.object.distributor
        return found

    def back_url(self) -> str:
        return f"{self.distributor.get_absolute_url()}?tab=direction"

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(label=str(_("Distributors")), url=reverse("accounts:distributors")),
            Crumb(label=self.distributor.display_name, url=self.back_url()),
        )

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.removesuffix("_id") or None


class DirectionNewView(_DirectionView):
    title = _("Agree a direction of business")
    model = Distributor
    lookup_field = "code"
    form_class = DirectionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        agree_direction(distributor_id=self.object.pk, actor=self.actor, **form.values())
        return super().form_valid(form)


class DirectionEndView(_DirectionView):
    title = _("End the direction of business")
    model = BusinessDirection
    related = ("distributor",)
    form_class = EndLinkForm
    success_message = _("It ends on that day.")

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        end_direction(
            direction_id=self.object.pk,
            ends_on=form.cleaned_data["ends_on"],
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)
