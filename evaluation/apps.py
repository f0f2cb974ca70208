from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.enums import JobKind
from core.permissions import is_active_user
from core.ui import navigation

SCORECARDS = navigation.NavItem(
    key="scorecards",
    label=_("Scorecards"),
    route="evaluation:evaluations",
    icon="chart-bar",
    order=80,
    shortcut="e",
    allowed=is_active_user,
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
        from messaging.services.notifications import declare_notifications

        register_invariants(*INVARIANTS)
        register_subject_type("evaluation", Evaluation, related=("run",), label=lambda row: str(row.run))
        register_subject_type("evaluation_run", EvaluationRun)
        register_subject_type("scorecard", Scorecard)
        register_kinds(EvaluationEvent)
        register_job(JobKind.EVALUATION, runs.work, on_failure=runs.on_failure)
        declare_notifications(*NOTIFICATION_KINDS)
        navigation.register(SCORECARDS)
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
