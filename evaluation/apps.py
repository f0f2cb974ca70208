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
        from core.events import register_kinds  # noqa: PLC0415 - models are there only now
        from core.outbox import subscribe  # noqa: PLC0415 - likewise
        from evaluation.enums import EvaluationEvent  # noqa: PLC0415 - likewise
        from evaluation.tasks import send_to_worker  # noqa: PLC0415 - likewise

        register_kinds(EvaluationEvent)
        subscribe(EvaluationEvent.RUN_REQUESTED, send_to_worker)
        navigation.register(SCORECARDS)
