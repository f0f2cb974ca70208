"""Pages of applications for the brand's people: the list, one of them, its steps, and applicants side by side."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory
from core.state import available_actions
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ServiceFormView
from core.ui.list_header import CURSOR, EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb, Page
from messaging.services.files import as_download
from onboarding.enums import OPEN_STATUSES, ApplicationStatus, Criterion
from onboarding.filters import ApplicationFilterSet
from onboarding.forms.applications import PolicyForm
from onboarding.models import Application, ApplicationFile, ApplicationMark
from onboarding.permissions import (
    APPLICATION_STATES,
    can_check_applications,
    can_manage_templates,
    can_see_applications,
)
from onboarding.selectors.applications import (
    compare,
    criteria_of,
    duplicates_of,
    score_in_words,
    score_of_application,
)
from onboarding.selectors.waiting import waiting_applications
from onboarding.services.letters import letter_of
from onboarding.services.screening import (
    current_policy,
    set_policy,
)
from onboarding.tables import ApplicationTable

_OPENS = {"approve", "refuse", "return"}
_PRIMARY = {"check", "assess", "approve"}


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(ApplicationListView.title), url=reverse("onboarding:applications"))]


class ApplicationListView(ScopedListView):
    """Who wants to become a distributor, the latest first."""

    permission_required = can_see_applications
    title = _("Applications")
    model = Application
    table_class = ApplicationTable
    filterset_class = ApplicationFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "company_name": ["company_name", "pk"],
        "number": ["pk"],
        "submitted_at": ["submitted_at", "pk"],
        "status": ["status", "pk"],
    }
    default_sort = "-submitted_at"
    template_name = "onboarding/applications.html"
    empty = EmptyState(
        title=_("No applications yet."),
        text=_("What companies submit on the public form appears here. Send them its address."),
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        rows = self.get_queryset().select_related("territory", "policy").prefetch_related("marks").in_bulk(list(ids))
        for row in rows.values():
            row.score_in_words = score_in_words(score_of_application(row))
        return [rows[pk] for pk in ids if pk in rows]

    def get_empty_state(self) -> EmptyState:
        return EmptyState(
            title=self.empty.title,
            text=self.empty.text,
            action_label=_("Open the public form"),
            action_url=reverse("onboarding:apply"),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_first = self.request.GET.get(CURSOR, "") == "" and not self.request.headers.get("HX-Request")
        return super().get_context_data(
            may_manage=can_manage_templates(self.actor),
            waiting=waiting_applications(self.actor, today=timezone.localdate()) if is_first else None,
            **kwargs,
        )


class ApplicationView(ScopedDetailView):
    """What the applicant wrote, what it resembles, its documents and marks, and the next step."""

    permission_required = can_see_applications
    model = Application
    related = ("territory", "policy", "distributor", "decided_by", "assessed_by")
    template_name = "onboarding/application.html"

    def page_title(self) -> str:
        return str(self.object.company_name)

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> ApplicationStatus:
        return ApplicationStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        return [
            NextStep(
                label=move.label,
                url=reverse(f"onboarding:application-{move.action}", args=[self.object.pk]),
                primary=move.action in _PRIMARY,
                dangerous=move.dangerous,
                opens=move.action in _OPENS,
                version=self.object.version,
            )
            for move in available_actions(APPLICATION_STATES, self.object, self.actor)
        ]

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("application", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        may_check = can_check_applications(self.actor)
        return super().get_context_data(
            files=row.files.select_related("checked_by"),
            criteria=criteria_of(row),
            score_words=score_in_words(score_of_application(row)),
            duplicates=duplicates_of(row, actor=self.actor),
            brands=row.brands.all(),
            may_check_files=may_check and row.status == ApplicationStatus.RECEIVED,
            may_mark=may_check and row.status == ApplicationStatus.CHECKED,
            has_letter=row.status != ApplicationStatus.DRAFT,
            **kwargs,
        )


class LetterView(ScopedDetailView):
    """What the applicant was written, to be printed."""

    permission_required = can_see_applications
    model = Application
    template_name = "onboarding/letter.html"

    def page_title(self) -> str:
        return letter_of(self.object).subject

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=self.object.company_name, url=self.object.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(letter=letter_of(self.object), **kwargs)


class FileView(ScopedObjectMixin):
    """A document of an application, always to be saved."""

    permission_required = can_see_applications
    model = ApplicationFile

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return as_download(self.object.file, name=self.object.name, media_type=self.object.media_type)


class EvidenceView(ScopedObjectMixin):
    """What a mark rests on, likewise."""

    permission_required = can_see_applications
    model = ApplicationMark

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        row = self.object
        if not row.evidence:
            raise Http404
        return as_download(row.evidence, name=row.evidence_name, media_type=row.evidence_type)


class CompareView(Page):
    """The applicants of one territory side by side, by score; who is not wholly measured has no rank."""

    permission_required = can_see_applications
    title = _("Compare applicants")
    template_name = "onboarding/compare.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        rows = Application.objects.visible_to(self.actor).filter(status__in=OPEN_STATUSES)
        code = request.GET.get("territory", "")
        there = Territory.objects.visible_to(self.actor).filter(pk__in=rows.order_by().values("territory"))
        chosen = there.filter(code=code).first() if code else _only(there)
        return self.render_to_response(
            self.get_context_data(
                territories=there.order_by("code"),
                chosen=chosen,
                criteria=list(Criterion),
                candidates=compare(rows.filter(territory=chosen)) if chosen else [],
            )
        )


def _only(territories: Any) -> Territory | None:
    """The one where somebody applies, so that nobody has to choose it."""
    found = list(territories[:2])
    return found[0] if len(found) == 1 else None


class PolicyView(ServiceFormView):
    """The weights of the screening: saved as a new revision."""

    permission_required = can_manage_templates
    title = _("Weights of the screening")
    form_class = PolicyForm
    submit_label = _("Save as new revision")
    success_message = _("Saved. Assessments that have begun keep their weights.")

    def back_url(self) -> str:
        return reverse("onboarding:applications")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "policy": current_policy()}

    def form_valid(self, form: Any) -> HttpResponse:
        set_policy(
            weights=form.weights(), needs_second_person=form.cleaned_data["needs_second_person"], actor=self.actor
        )
        return super().form_valid(form)
