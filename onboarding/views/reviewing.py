"""What is done with an application: checked, marked, returned, refused, reopened."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.ui.actions import ActionView
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from onboarding.enums import Criterion
from onboarding.forms.applications import CheckFileForm, MarkForm, QuestionForm, RefuseForm
from onboarding.models import Application, ApplicationFile
from onboarding.permissions import (
    can_check_applications,
    can_decide_applications,
)
from onboarding.services.reviewing import check_file, finish_check, refuse_application, return_application
from onboarding.services.screening import (
    finish_assessment,
    reopen_assessment,
    set_mark,
)
from onboarding.views.applications import way_to_list


class _StepButton(ActionView):
    abstract = True
    model = Application
    permission_required = can_check_applications


class CheckView(_StepButton):
    success_message = _("The documents are in order. The applicant can be marked.")

    def perform(self) -> None:
        finish_check(application_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class AssessView(_StepButton):
    success_message = _("The assessment is finished.")

    def perform(self) -> None:
        finish_assessment(application_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class ReopenView(_StepButton):
    success_message = _("Marks can be given again.")

    def perform(self) -> None:
        reopen_assessment(application_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class _ApplicationForm(ScopedServiceFormView):
    abstract = True
    model = Application

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=self.object.company_name, url=self.object.get_absolute_url())]


class ReturnView(_ApplicationForm):
    permission_required = can_check_applications
    title = _("Ask the applicant for more")
    form_class = QuestionForm
    submit_label = _("Send")
    success_message = _("Sent. The applicant can change the application again.")

    def form_valid(self, form: Any) -> HttpResponse:
        return_application(
            application_id=self.object.pk,
            question=form.cleaned_data["question"],
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class RefuseView(_ApplicationForm):
    permission_required = can_decide_applications
    title = _("Refuse application")
    form_class = RefuseForm
    submit_label = _("Refuse and send the letter")
    success_message = _("Refused. The letter is on its way.")

    def form_valid(self, form: Any) -> HttpResponse:
        refuse_application(
            application_id=self.object.pk,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class MarkView(_ApplicationForm):
    """One criterion."""

    permission_required = can_check_applications
    title = _("Mark")
    form_class = MarkForm

    @property
    def criterion(self) -> Criterion:
        name = self.kwargs["criterion"]
        if name not in Criterion.values:
            raise Http404
        return Criterion(name)

    def page_title(self) -> str:
        return gettext("%(title)s: %(name)s") % {"title": self.criterion.label, "name": self.object.company_name}

    def get_initial(self) -> dict[str, Any]:
        row = self.object.marks.filter(criterion=self.criterion).first()
        return {"mark": row.mark, "evidence_text": row.evidence_text} if row else {}

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        set_mark(
            application_id=self.object.pk,
            criterion=self.criterion,
            mark=data["mark"],
            evidence_text=data["evidence_text"],
            evidence=form.attached(),
            actor=self.actor,
        )
        return super().form_valid(form)


class CheckFileView(ScopedServiceFormView):
    """Whether one document is valid."""

    permission_required = can_check_applications
    model = ApplicationFile
    related = ("application",)
    title = _("Check document")
    form_class = CheckFileForm

    def page_title(self) -> str:
        return gettext("%(title)s: %(name)s") % {"title": self.object.get_kind_display(), "name": self.object.name}

    def back_url(self) -> str:
        return str(self.object.application.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        return {"state": self.object.state, "note": self.object.note}

    def form_valid(self, form: Any) -> HttpResponse:
        check_file(
            file_id=self.object.pk,
            state=form.cleaned_data["state"],
            note=form.cleaned_data["note"],
            actor=self.actor,
        )
        return super().form_valid(form)
