from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.enums import JobKind
from core.permissions import is_active_user
from core.ui import navigation
from evaluation.permissions import is_about_runs, is_evaluated_or_brand

SCORECARDS = navigation.NavItem(
    key="scorecards",
    label=_("Scorecards"),
    route="evaluation:evaluations",
    group=navigation.NavGroup.EVALUATION,
    order=80,
    shortcut="e",
    allowed=is_evaluated_or_brand,
)
RUNS = navigation.NavItem(
    key="evaluation-runs",
    label=_("Evaluations"),
    route="evaluation:runs",
    group=navigation.NavGroup.EVALUATION,
    order=82,
    allowed=is_about_runs,
)
CARDS = navigation.NavItem(
    key="evaluation-cards",
    label=_("Rules"),
    route="evaluation:cards",
    group=navigation.NavGroup.EVALUATION,
    order=84,
    allowed=is_about_runs,
)


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.jobs import register_job
        from core.subjects import register_subject_type
        from core.ui import kpis, tabs
        from evaluation.enums import EvaluationEvent
        from evaluation.models import Evaluation, EvaluationRun, Scorecard
        from evaluation.selectors.invariants import INVARIANTS
        from evaluation.services import runs
        from evaluation.services.objections import NOTIFICATION_KINDS
        from evaluation.views.kpi import grade_kpi
        from evaluation.views.scorecard import latest_of
        from messaging.conversations import declare_conversations
        from messaging.services.notifications import declare_notifications

        register_invariants(*INVARIANTS)
        register_subject_type("evaluation", Evaluation, related=("run",), label=lambda row: str(row.run))
        declare_conversations("evaluation")
        register_subject_type("evaluation_run", EvaluationRun)
        register_subject_type("scorecard", Scorecard)
        register_kinds(EvaluationEvent)
        register_job(JobKind.EVALUATION, runs.work, on_failure=runs.on_failure)
        declare_notifications(*NOTIFICATION_KINDS, group="evaluation", label=_("Evaluation"))
        navigation.register(SCORECARDS, RUNS, CARDS)
        kpis.register(kpis.Kpi(page="distributor", key="grade", kpi_card=grade_kpi, order=10))
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="scorecard",
                label=_("Scorecard"),
                template="evaluation/partials/distributor_tab.html",
                context=latest_of,
                allowed=is_active_user,
                order=50,
            )
        )
