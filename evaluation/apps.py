from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.rules import is_known
from core.ui import navigation

SCORECARDS = navigation.NavItem(
    key="scorecards",
    label=_("Scorecards"),
    route="evaluation:evaluations",
    icon="chart-bar",
    order=80,
    shortcut="e",
    allowed=is_known,
)


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from accounts.selectors.notice_texts import register_notice  # noqa: PLC0415 - models are there only now
        from core.events import register_kinds  # noqa: PLC0415 - likewise
        from core.outbox import subscribe  # noqa: PLC0415 - likewise
        from core.ui import extra_tabs  # noqa: PLC0415 - likewise
        from evaluation.enums import EvaluationEvent  # noqa: PLC0415 - likewise
        from evaluation.tasks import send_to_worker  # noqa: PLC0415 - likewise
        from evaluation.views.distributor_tab import latest_of  # noqa: PLC0415 - likewise

        register_kinds(EvaluationEvent)
        subscribe(EvaluationEvent.RUN_REQUESTED, send_to_worker)
        register_notice(
            EvaluationEvent.CONTESTED,
            _("%(code)s %(distributor)s contests its evaluation. Read the objection and answer."),
        )
        register_notice(EvaluationEvent.CONTEST_ANSWERED, _("Your objection to the evaluation was answered."))
        navigation.register(SCORECARDS)
        extra_tabs.register(
            extra_tabs.ExtraTab(
                page="distributor",
                key="scorecard",
                label=_("Scorecard"),
                template="evaluation/parts/distributor_tab.html",
                context=latest_of,
                allowed=is_known,
                order=50,
            )
        )
