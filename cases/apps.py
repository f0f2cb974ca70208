from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.permissions import is_active_user
from core.ui import navigation

COMPLAINTS = navigation.NavItem(
    key="complaints",
    label=_("Complaints"),
    route="cases:complaints",
    group=navigation.NavGroup.EVALUATION,
    order=88,
    allowed=is_active_user,
)


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from cases.importers import IMPORTERS
        from cases.models import Complaint
        from core.importing import register_importers
        from core.subjects import register_subject_type
        from messaging.conversations import declare_conversations

        register_importers(*IMPORTERS)
        register_subject_type("complaint", Complaint)
        declare_conversations("complaint")
        navigation.register(COMPLAINTS)
