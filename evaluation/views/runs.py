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
from core.ui import numbers
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from evaluation.enums import RunStatus, ScorecardStatus
from evaluation.filters import RunFilter
from evaluation.forms import RunForm
from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.permissions import can_see_runs, can_start_run
from evaluation.selectors.run_page import read_run
from evaluation.services.runs import start_run
from evaluation.tables import RunTable
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
            actor=self.actor,
            now=timezone.now(),
        )
        if not started.created:
            messages.info(self.request, _("This period was already evaluated. Here is the result."))
        self.success_url = started.run.get_absolute_url()
        return super().form_valid(form)


class RunDetailView(ScopedDetailView):
    permission_required = can_see_runs
    model = EvaluationRun
    related = ("scorecard", "created_by")
    template_name = "evaluation/run.html"

    def page_title(self) -> str:
        return numbers.span(self.object.starts_on, self.object.ends_on)

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=_("Evaluation runs"), url=reverse("evaluation:runs"))]

    def state(self) -> Any:
        return RunStatus(self.object.status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, user = self.object, self.actor
        job = Job.objects.visible_to(user).filter(kind="evaluation", params__run_id=run.pk).first()
        if run.status != RunStatus.DONE:
            return super().get_context_data(job=job, failed=run.status == RunStatus.FAILED, **kwargs)
        result = read_run(run)
        visible = Evaluation.objects.visible_to(user).filter(run=run).select_related("distributor")
        return super().get_context_data(
            job=job,
            result=result,
            grades=grades_of(result, run.pk),
            ranking=visible.filter(rank__isnull=False).order_by("rank")[:FIRST_RANKS],
            contested=visible.filter(contested_at__isnull=False, answered_at__isnull=True).count(),
            list_url=f"{reverse('evaluation:evaluations')}?run={run.pk}&sort=rank",
            **kwargs,
        )
