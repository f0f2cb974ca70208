"""Pages of the approval, of templates, onboardings and certificates."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Distributor
from accounts.permissions import can_see_distributors
from core.ui.actions import ActionView
from core.ui.details import ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from messaging.services.files import as_download
from onboarding.filters import CertificateFilterSet, OnboardingFilterSet, TemplateFilterSet
from onboarding.forms.onboarding import ApproveForm, CertificateForm, StepForm, TemplateForm
from onboarding.models import Application, Certificate, Onboarding, OnboardingStep, Template
from onboarding.permissions import (
    can_decide_applications,
    can_finish_onboarding,
    can_manage_templates,
    can_see_applications,
    can_work_on_onboarding,
)
from onboarding.selectors.onboarding import with_counts
from onboarding.services.approving import approve_application
from onboarding.services.certificates import record_certificate
from onboarding.services.onboarding import do_step, open_for_orders, reopen_step
from onboarding.services.templates import save_template
from onboarding.tables import CertificateTable, OnboardingTable, TemplateTable
from onboarding.views.applications import way_to_list


class ApproveView(ScopedServiceFormView):
    """Makes the distributor; the link of the owner's invitation is shown on the page that follows, once."""

    permission_required = can_decide_applications
    model = Application
    title = _("Approve application")
    form_class = ApproveForm
    submit_label = _("Approve and create the distributor")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=self.object.company_name, url=self.object.get_absolute_url())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor, "application": self.object}

    def form_valid(self, form: Any) -> HttpResponse:
        approval = approve_application(
            application_id=self.object.pk,
            template_id=form.cleaned_data["template"].pk,
            territory_id=form.cleaned_data["territory"].pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            now=timezone.now(),
        )
        self.template_name = "onboarding/approved.html"
        response = self.render_to_response(self.get_context_data(approval=approval))
        response.headers["Cache-Control"] = "no-store"
        return response


class TemplateListView(ScopedListView):
    """What new distributors begin with."""

    permission_required = can_manage_templates
    title = _("Onboarding templates")
    model = Template
    table_class = TemplateTable
    filterset_class = TemplateFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"code": ["code"], "name": ["name", "pk"]}
    default_sort = "code"
    template_name = "onboarding/templates.html"
    related = ("price_list", "warehouse")
    empty = EmptyState(
        title=_("No templates yet."),
        text=_("A template says what a new distributor begins with. Without one no application can be approved."),
        action_label=_("New template"),
    )

    def get_empty_state(self) -> EmptyState:
        return EmptyState(
            title=self.empty.title,
            text=self.empty.text,
            action_label=self.empty.action_label,
            action_url=reverse("onboarding:template-new"),
        )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()


def way_to_templates() -> Sequence[Crumb]:
    return [*way_to_list(), Crumb(label=str(TemplateListView.title), url=reverse("onboarding:templates"))]


class TemplateNewView(ServiceFormView):
    permission_required = can_manage_templates
    title = _("New template")
    form_class = TemplateForm

    def back_url(self) -> str:
        return reverse("onboarding:templates")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_templates()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: Any) -> HttpResponse:
        save_template(content=form.content(), actor=self.actor)
        return super().form_valid(form)


class TemplateView(ScopedServiceFormView):
    """Change one; what was begun with it stays as it is."""

    permission_required = can_manage_templates
    model = Template
    form_class = TemplateForm

    def page_title(self) -> str:
        return str(self.object)

    def back_url(self) -> str:
        return reverse("onboarding:templates")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_templates()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor, "template": self.object}

    def form_valid(self, form: Any) -> HttpResponse:
        save_template(
            content=form.content(),
            actor=self.actor,
            template_id=self.object.pk,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class OnboardingListView(ScopedListView):
    """Distributors on their way to the first order."""

    permission_required = can_see_applications
    title = _("Onboarding")
    model = Onboarding
    table_class = OnboardingTable
    filterset_class = OnboardingFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "distributor": ["distributor__code", "pk"],
        "started_on": ["started_on", "pk"],
    }
    default_sort = "-started_on"
    empty = EmptyState(title=_("Nobody is being onboarded."), text=_("Approved applicants appear here."))

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        rows = with_counts(self.get_queryset().select_related("distributor")).in_bulk(list(ids))
        return [rows[pk] for pk in ids if pk in rows]


class CertificateListView(ScopedListView):
    """Who is trained in what, and until when; those that run out first."""

    permission_required = can_see_distributors
    title = _("Certificates")
    model = Certificate
    table_class = CertificateTable
    filterset_class = CertificateFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "number": ["pk"],
        "distributor": ["distributor__code", "pk"],
        "course": ["course", "pk"],
    }
    default_sort = "-number"
    related = ("distributor",)
    empty = EmptyState(
        title=_("No certificates yet."), text=_("They are recorded on the page of the distributor, under “Onboarding”.")
    )


class _StepMixin(ScopedObjectMixin):
    """A step is seen with its distributor."""

    abstract = True
    model = OnboardingStep
    related = ("onboarding__distributor",)

    def tab_url(self) -> str:
        return str(self.object.onboarding.get_absolute_url())


class StepDoneView(_StepMixin, ScopedServiceFormView):
    permission_required = can_work_on_onboarding
    model = OnboardingStep
    form_class = StepForm
    submit_label = pgettext_lazy("verb", "Mark as done")
    success_message = _("Done.")

    def page_title(self) -> str:
        return str(self.object.display_name)

    def back_url(self) -> str:
        return self.tab_url()

    def form_valid(self, form: Any) -> HttpResponse:
        do_step(step_id=self.object.pk, actor=self.actor, note=form.cleaned_data["note"])
        return super().form_valid(form)


class StepReopenView(_StepMixin, ActionView):
    permission_required = can_work_on_onboarding
    model = OnboardingStep
    success_message = _("The step is open again.")

    def perform(self) -> None:
        reopen_step(step_id=self.object.pk, actor=self.actor)

    def get_success_url(self) -> str:
        return self.tab_url()


class ReadyView(ActionView):
    permission_required = can_finish_onboarding
    model = Onboarding
    related = ("distributor",)
    success_message = _("The distributor can order.")

    def perform(self) -> None:
        open_for_orders(onboarding_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class CertificateNewView(ScopedServiceFormView):
    """Of a distributor; `step` in the address names the training that it proves."""

    permission_required = can_work_on_onboarding
    model = Distributor
    lookup_field = "code"
    title = _("Record certificate")
    form_class = CertificateForm

    def step(self) -> OnboardingStep | None:
        wanted = self.request.GET.get("step", "")
        rows = OnboardingStep.objects.visible_to(self.actor).filter(onboarding__distributor=self.object)
        return rows.filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() else None

    def back_url(self) -> str:
        return f"{self.object.get_absolute_url()}?tab=onboarding"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "step": self.step()}

    def form_valid(self, form: Any) -> HttpResponse:
        data, step = form.cleaned_data, self.step()
        record_certificate(
            distributor_id=self.object.pk,
            course=data["course"],
            holder=data["holder"],
            issued_on=data["issued_on"],
            valid_until=data["valid_until"],
            step_id=step.pk if step else None,
            file=form.attached(),
            actor=self.actor,
        )
        return super().form_valid(form)


class CertificateFileView(ScopedObjectMixin):
    permission_required = can_see_distributors
    model = Certificate

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        row = self.object
        if not row.file:
            raise Http404
        return as_download(row.file, name=row.file_name, media_type=row.file_type)
