"""Administration of evaluations. What a run computed is read-only; the rules are changed by the services."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.http import actor_of
from core.ui.admin import ReadOnlyAdmin, ReadOnlyInline
from evaluation.models import Criterion, CriterionScore, Evaluation, EvaluationRun, Scorecard
from evaluation.services.scorecards import activate_scorecard


class CriterionInline(ReadOnlyInline):
    model = Criterion


class CriterionScoreInline(ReadOnlyInline):
    model = CriterionScore


@admin.register(Scorecard)
class ScorecardAdmin(ReadOnlyAdmin):
    list_display = ("code", "version", "name", "status")
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
    list_display = ("id", "scorecard", "starts_on", "ends_on", "status", "computed_at", "created_by")
    list_filter = ("status", "scorecard__code")
    list_select_related = ("scorecard", "created_by")
    date_hierarchy = "ends_on"


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    list_display = ("distributor", "run", "score", "grade", "rank", "contested_at", "answered_at")
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
