"""Administration of evaluations. What a run computed is read-only; the rules are changed by the services."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.http import actor_of
from core.ui.admin import ReadOnlyAdmin, ReadOnlyInline
from evaluation.models import Criterion, CriterionScore, Evaluation, EvaluationRun, Scorecard
from evaluation.services.scorecards import activate_scorecard
from evaluation.services.voids import LONGEST_REASON, void_run


class VoidForm(ActionForm):
    """Beside the action: why."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, required=False)


class CriterionInline(ReadOnlyInline):
    model = Criterion


class CriterionScoreInline(ReadOnlyInline):
    model = CriterionScore


@admin.register(Scorecard)
class ScorecardAdmin(ReadOnlyAdmin):
    list_display = ("code", "version", "name", "status", "minimum_coverage")
    list_filter = ("status",)
    search_fields = ("code", "name", "name_zh")
    inlines = (CriterionInline,)
    actions = ("put_in_force",)

    @admin.action(description=_("Activate"), permissions=["view"])
    def put_in_force(self, request: HttpRequest, queryset: models.QuerySet[Scorecard]) -> None:
        """Drafts become the rules in force; others are refused, each with its reason."""
        for card in queryset:
            try:
                activate_scorecard(scorecard_id=card.pk, actor=actor_of(request))
            except DomainError as error:
                messages.error(request, f"{card}: {error}")


@admin.register(Criterion)
class CriterionAdmin(ReadOnlyAdmin):
    list_display = ("scorecard", "metric", "weight", "floor", "target")
    list_filter = ("metric",)
    list_select_related = ("scorecard",)


@admin.register(EvaluationRun)
class EvaluationRunAdmin(ReadOnlyAdmin):
    list_display = ("id", "scorecard", "starts_on", "ends_on", "status", "is_provisional", "computed_at", "created_by")
    list_filter = ("status", "is_provisional", "scorecard__code")
    actions = ("void",)
    action_form = VoidForm
    list_select_related = ("scorecard", "created_by")
    date_hierarchy = "ends_on"

    @admin.action(description=_("Void"), permissions=["view"])
    def void(self, request: HttpRequest, queryset: models.QuerySet[EvaluationRun]) -> None:
        """Finished runs are voided with the reason typed beside the action; others are refused, each with why."""
        for run in queryset:
            try:
                void_run(
                    run_id=run.pk,
                    reason=request.POST.get("reason", ""),
                    actor=actor_of(request),
                    now=timezone.now(),
                )
            except DomainError as error:
                messages.error(request, f"{run}: {error}")


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    list_display = ("distributor", "run", "score", "coverage", "grade", "rank", "contested_at", "answered_at")
    list_filter = ("grade", "run")
    search_fields = ("distributor__code", "distributor__name")
    list_select_related = ("distributor", "run")
    inlines = (CriterionScoreInline,)
    show_full_result_count = False


@admin.register(CriterionScore)
class CriterionScoreAdmin(ReadOnlyAdmin):
    list_display = ("evaluation", "metric", "value", "score", "weight", "points")
    list_filter = ("metric",)
    search_fields = ("evaluation__distributor__code",)
    list_select_related = ("evaluation",)
    show_full_result_count = False
