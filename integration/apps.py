from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from integration.permissions import can_import

IMPORTS = navigation.NavItem(
    key="imports",
    label=_("Imports"),
    route="imports:list",
    icon="file-import",
    order=90,
    shortcut="i",
    allowed=can_import,
)


class IntegrationConfig(AppConfig):
    name = "integration"
    verbose_name = _("Integration")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.outbox import subscribe_message
        from integration.enums import ImportEvent
        from integration.tasks import send_import_to_worker

        register_kinds(ImportEvent)
        subscribe_message(ImportEvent.REQUESTED, "imports.perform", send_import_to_worker)
        navigation.register(IMPORTS)
