from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.enums import JobKind
from core.ui import navigation
from integration.permissions import can_import

IMPORTS = navigation.NavItem(
    key="imports",
    label=_("Imports"),
    route="imports:list",
    group=navigation.NavGroup.SETTINGS,
    order=90,
    shortcut="i",
    allowed=can_import,
)


class IntegrationConfig(AppConfig):
    name = "integration"
    verbose_name = _("Integration")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.jobs import register_job
        from integration.engine.jobs import perform_import
        from integration.enums import ImportEvent

        register_kinds(ImportEvent)
        register_job(JobKind.IMPORT, perform_import)
        navigation.register(IMPORTS)
