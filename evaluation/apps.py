from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.outbox import subscribe
        from evaluation.enums import EvaluationEvent
        from evaluation.tasks import send_to_worker

        register_kinds(EvaluationEvent)
        subscribe(EvaluationEvent.RUN_REQUESTED, send_to_worker)
