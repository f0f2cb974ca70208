"""What lists of evaluations, runs and complaints are filtered by: the same on the pages and in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, ModelChoiceFilter

from accounts.models import Distributor
from core.filters import CodeFilter, ListFilterSet, visible_rows
from evaluation.enums import ContestState, ResultStatus, RunStatus, ScorecardStatus
from evaluation.models import Evaluation, EvaluationRun, Scorecard


def _runs(request: Any) -> QuerySet[EvaluationRun]:
    """The runs that brought an evaluation which the person sees: distributors do not see the runs themselves."""
    seen = visible_rows(Evaluation)(request)
    return EvaluationRun.objects.select_related("scorecard").filter(pk__in=seen.values("run"))


class _CurrentByDefault(ListFilterSet):
    """What was replaced or voided is left out, unless a filter that may name it is given."""

    named_by: tuple[str, ...] = ()

    def filter_queryset(self, queryset: Any) -> Any:
        given = any(self.form.cleaned_data.get(name) for name in self.named_by)
        return super().filter_queryset(queryset if given else queryset.current())


class EvaluationFilter(_CurrentByDefault):
    named_by = ("run", "result_status")
    search_fields = ("distributor__search_text",)
    run = ModelChoiceFilter(queryset=_runs, label=_("Run"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    grade = CharFilter(lookup_expr="iexact", label=_("Grade"))
    contest = ChoiceFilter(method="by_contest", choices=ContestState, label=_("Objection"))
    result_status = ChoiceFilter(method="by_result_status", choices=ResultStatus, label=_("Result"))

    class Meta:
        model = Evaluation
        fields = ("run", "distributor", "grade")

    def by_contest(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those contested: still open, or answered."""
        return rows.filter(contested_at__isnull=False, answered_at__isnull=value == ContestState.OPEN)

    def by_result_status(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Final, provisional, replaced or voided."""
        if value in {ResultStatus.REPLACED, ResultStatus.VOIDED}:
            return rows.filter(run__status=value)
        return rows.filter(run__status=RunStatus.DONE, run__is_provisional=value == ResultStatus.PROVISIONAL)


class RunFilter(_CurrentByDefault):
    named_by = ("status",)
    status = ChoiceFilter(choices=RunStatus, label=_("status"))
    scorecard = CharFilter(field_name="scorecard__code", label=_("code of the scorecard"))

    class Meta:
        model = EvaluationRun
        fields = ("status", "scorecard")


class ScorecardFilter(ListFilterSet):
    search_fields = ("code", "name", "name_zh")
    status = ChoiceFilter(choices=ScorecardStatus, label=_("status"))

    class Meta:
        model = Scorecard
        fields = ("status",)
