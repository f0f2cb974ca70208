"""The evaluations a person may see: all runs, all distributors of the own scope."""

from typing import Any, ClassVar

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.ui.details import NextStep
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from evaluation.filters import EvaluationFilter
from evaluation.models import Evaluation
from evaluation.permissions import can_see_runs
from evaluation.tables import EvaluationTable


class EvaluationListView(ScopedListView):
    title = _("Scorecards")
    model = Evaluation
    table_class = EvaluationTable
    filterset_class = EvaluationFilter
    sorts: ClassVar = {
        "ends_on": ["run__ends_on"],
        "score": ["score"],
        "rank": ["rank"],
        "code": ["distributor__code"],
    }
    default_sort = "-ends_on"
    related = ("run", "distributor")
    template_name = "evaluation/evaluation_list.html"
    empty = EmptyState(
        title=_("No evaluations yet."),
        text=_("Results appear here after each evaluation."),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = [
            NextStep(label=_("Runs"), url=str(reverse_lazy("evaluation:runs")), opens=True),
            NextStep(label=_("Rules"), url=str(reverse_lazy("evaluation:cards")), opens=True),
            NextStep(label=_("Complaints"), url=str(reverse_lazy("cases:complaints")), opens=True),
        ]
        return super().get_context_data(links=steps if can_see_runs(self.actor) else steps[2:], **kwargs)
