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
        from accounts.selectors.notification_texts import register_notification
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.jobs import register_job
        from core.subjects import register_subject_type
        from core.ui import extra_tabs, kpis
        from evaluation.enums import EvaluationEvent
        from evaluation.models import Evaluation, EvaluationRun, Scorecard
        from evaluation.selectors.invariants import INVARIANTS
        from evaluation.services import run_job
        from evaluation.views.distributor_tab import latest_of
        from evaluation.views.kpi import grade_kpi

        register_invariants(*INVARIANTS)
        register_subject_type("evaluation", Evaluation, related=("run",), label=lambda row: str(row.run))
        register_subject_type("evaluation_run", EvaluationRun)
        register_subject_type("scorecard", Scorecard)
        register_kinds(EvaluationEvent)
        register_job(JobKind.EVALUATION, run_job.work, on_failure=run_job.on_failure)
        register_notification(
            EvaluationEvent.CONTESTED,
            _("%(code)s %(distributor)s contests its evaluation. Read the objection and answer."),
        )
        register_notification(EvaluationEvent.CONTEST_ANSWERED, _("Your objection to the evaluation was answered."))
        navigation.register(SCORECARDS)
        kpis.register(kpis.Kpi(page="distributor", key="grade", kpi_card=grade_kpi, order=10))
        extra_tabs.register(
            extra_tabs.ExtraTab(
                page="distributor",
                key="scorecard",
                label=_("Scorecard"),
                template="evaluation/partials/distributor_tab.html",
                context=latest_of,
                allowed=is_active_user,
                order=50,
            )
        )
