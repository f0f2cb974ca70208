"""Two distributors that turn out to be one: the form that merges them, and the button that undoes it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import StillOpen
from accounts.models import Distributor, Membership, Responsibility
from accounts.permissions import can_change_distributor
from core.errors import DomainError, Problem
from core.ui.actions import ActionView
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from responsibility.forms.merging import MergeForm
from responsibility.services.merging import merge_distributor, undo_merge

CONFIRM_OPEN = "confirm_open"


class MergeView(ScopedServiceFormView):
    """Says who works there and who answers for it: both stay as they are."""

    permission_required = can_change_distributor
    title = _("Merge into another distributor")
    model = Distributor
    lookup_field = "code"
    template_name = "responsibility/merge.html"
    form_class = MergeForm
    submit_label = _("Merge")
    success_message = _("Merged. Its orders and papers stay under its number.")

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(label=str(_("Distributors")), url=reverse("accounts:distributors")),
            Crumb(label=self.object.display_name, url=self.object.get_absolute_url()),
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.removesuffix("_id") or None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, actor = timezone.localdate(), self.actor
        people = Membership.objects.visible_to(actor).filter(distributor=self.object).on(today)
        duties = Responsibility.objects.visible_to(actor).filter(distributor=self.object).on(today)
        return super().get_context_data(
            people=people.select_related("person"),
            responsibilities=duties.select_related("user", "duty"),
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        merge_distributor(
            distributor_id=self.object.pk,
            into_id=form.cleaned_data["into"].pk,
            actor=self.actor,
            confirm_open=CONFIRM_OPEN in self.request.POST,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)

    def form_refused(self, form: Any, error: DomainError) -> HttpResponse:
        if isinstance(error, StillOpen):
            form.fields[CONFIRM_OPEN] = forms.BooleanField(label=_("Merge although this is open"))
        return super().form_refused(form, error)


class UndoMergeView(ActionView):
    permission_required = can_change_distributor
    model = Distributor
    lookup_field = "code"
    success_message = _("It is a distributor of its own again.")

    def perform(self) -> None:
        undo_merge(distributor_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())
