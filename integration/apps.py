from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.enums import JobKind
from core.ui import navigation
from integration.permissions import can_import, can_manage_webhooks

IMPORTS = navigation.NavItem(
    key="imports",
    label=_("Imports"),
    route="imports:list",
    group=navigation.NavGroup.SETTINGS,
    order=90,
    shortcut="i",
    allowed=can_import,
)
WEBHOOKS = navigation.NavItem(
    key="webhooks",
    label=_("Webhooks"),
    route="webhooks:list",
    group=navigation.NavGroup.SETTINGS,
    order=92,
    allowed=can_manage_webhooks,
)


class IntegrationConfig(AppConfig):
    name = "integration"
    verbose_name = _("Integration")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.jobs import register_job
        from core.outbox import subscribe_message
        from core.subjects import register_subject_type
        from integration.engine.jobs import perform_import
        from integration.enums import ImportEvent, WebhookEvent
        from integration.models import WebhookEndpoint
        from integration.webhooks.sending import TOPIC, send_event

        register_kinds(ImportEvent)
        register_kinds(WebhookEvent)
        register_subject_type("webhook", WebhookEndpoint)
        subscribe_message(TOPIC, "integration.webhooks", send_event, elsewhere=True)
        register_job(JobKind.IMPORT, perform_import)
        navigation.register(IMPORTS, WEBHOOKS)
