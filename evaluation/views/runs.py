"""Runs: the list, the start, the result."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Problem
from core.models import Job
from core.state import available_actions
from core.ui import numbers
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from evaluation.enums import RunStatus, ScorecardStatus
from evaluation.filters import RunFilter
from evaluation.forms import RunForm, TextForm
from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.permissions import RUN_STATES, can_see_runs, can_start_run, can_void_run
from evaluation.selectors.run_page import read_run
from evaluation.services.runs import start_run
from evaluation.services.voids import void_run
from evaluation.tables import RunTable
from evaluation.views.explanations import result_status_text
from evaluation.views.figures import grades_of

FIRST_RANKS = 20


class RunListView(ScopedListView):
    permission_required = can_see_runs
    title = gettext_lazy("Evaluation runs")
    model = EvaluationRun
    table_class = RunTable
    filterset_class = RunFilter
    sorts: ClassVar = {"ends_on": ["ends_on"], "computed_at": ["computed_at"]}
    default_sort = "-ends_on"
    related = ("scorecard", "created_by")
    template_name = "evaluation/evaluation_list.html"

    def get_empty_state(self) -> EmptyState:
        title = _("No runs yet. A run evaluates every distributor over several periods, by a scorecard.")
        if not can_start_run(self.actor):
            return EmptyState(title=title)
        return EmptyState(title=title, action_label=_("Start a run"), action_url=reverse("evaluation:run-start"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = [NextStep(label=_("Start a run"), url=reverse("evaluation:run-start"), primary=True, opens=True)]
        return super().get_context_data(next_steps=steps if can_start_run(self.actor) else [], **kwargs)


class StartRunView(ServiceFormView):
    permission_required = can_start_run
    title = gettext_lazy("Start an evaluation run")
    form_class = RunForm
    submit_label = gettext_lazy("Evaluate all distributors")
    success_message = ""

    def back_url(self) -> str:
        return reverse("evaluation:runs")

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=_("Evaluation runs"), url=reverse("evaluation:runs"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        cards = Scorecard.objects.visible_to(self.actor).filter(status=ScorecardStatus.ACTIVE)
        return {**super().get_form_kwargs(), "scorecards": cards}

    def get_field_name(self, problem: Problem) -> str | None:
        return {"starts_on": "last", "scorecard": "scorecard"}.get(problem.field)

    def form_valid(self, form: Any) -> HttpResponse:
        started = start_run(
            scorecard_id=form.cleaned_data["scorecard"].pk,
            starts_on=form.cleaned_data["first"].starts_on,
            ends_on=form.cleaned_data["last"].ends_on,
            provisional=form.cleaned_data["provisional"],
            actor=self.actor,
            now=timezone.now(),
        )
        if not started.created:
            messages.info(self.request, _("This period was already evaluated. Here is the result."))
        self.success_url = started.run.get_absolute_url()
        return super().form_valid(form)


class VoidRunView(ScopedServiceFormView):
    permission_required = can_void_run
    model = EvaluationRun
    title = gettext_lazy("Void this evaluation")
    form_class = TextForm
    submit_label = gettext_lazy("Void the evaluation")
    success_message = gettext_lazy("The evaluation was voided.")

    def crumbs(self) -> Sequence[Crumb]:
        run = self.object
        return [
            Crumb(label=_("Evaluation runs"), url=reverse("evaluation:runs")),
            Crumb(label=numbers.span(run.starts_on, run.ends_on), url=run.get_absolute_url()),
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "label": _("Reason"),
            "help_text": _(
                "The results leave the lists, trends and rankings. They stay readable, with this reason, and the period "
                "can be evaluated again."
            ),
        }

    def get_field_name(self, problem: Problem) -> str | None:
        return "text" if problem.field == "reason" else super().get_field_name(problem)

    def form_valid(self, form: Any) -> HttpResponse:
        void_run(run_id=self.object.pk, reason=form.cleaned_data["text"], actor=self.actor, now=timezone.now())
        return super().form_valid(form)


class RunDetailView(ScopedDetailView):
    permission_required = can_see_runs
    model = EvaluationRun
    related = ("scorecard", "created_by", "voided_by")
    template_name = "evaluation/run.html"

    def page_title(self) -> str:
        return numbers.span(self.object.starts_on, self.object.ends_on)

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=_("Evaluation runs"), url=reverse("evaluation:runs"))]

    def state(self) -> Any:
        run = self.object
        return run.result_status if run.status == RunStatus.DONE and run.is_provisional else RunStatus(run.status)

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("evaluation_run", self.object.pk)]

    def next_steps(self) -> Sequence[NextStep]:
        return [
            NextStep(label=move.label, url=reverse(f"evaluation:run-{move.action}", args=[self.object.pk]), opens=True)
            for move in available_actions(RUN_STATES, self.object, self.actor)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, user = self.object, self.actor
        job = Job.objects.visible_to(user).filter(kind="evaluation", params__run_id=run.pk).first()
        if run.computed_at is None:
            return super().get_context_data(job=job, failed=run.status == RunStatus.FAILED, **kwargs)
        result = read_run(run)
        visible = Evaluation.objects.visible_to(user).filter(run=run).select_related("distributor")
        return super().get_context_data(
            job=job,
            result=result,
            result_status=result_status_text(run),
            grades=grades_of(result, run.pk),
            ranking=visible.filter(rank__isnull=False).order_by("rank")[:FIRST_RANKS],
            contested=visible.filter(contested_at__isnull=False, answered_at__isnull=True).count(),
            list_url=f"{reverse('evaluation:evaluations')}?run={run.pk}&sort=rank",
            **kwargs,
        )
