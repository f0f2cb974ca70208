"""The project as an app, and the Django admin with our own door."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from distribution.imports.rules import can_import

IMPORTS = navigation.NavItem(
    key="imports",
    label=_("Imports"),
    route="imports:list",
    icon="file-import",
    order=90,
    shortcut="i",
    allowed=can_import,
)


class DistributionConfig(AppConfig):
    default = True
    name = "distribution"
    verbose_name = "Tributary"

    def ready(self) -> None:
        from core.events import register_kinds
        from core.outbox import subscribe_message
        from distribution.imports.enums import ImportEvent
        from distribution.tasks import send_import_to_worker

        register_kinds(ImportEvent)
        subscribe_message(ImportEvent.REQUESTED, "imports.perform", send_import_to_worker)
        navigation.register(IMPORTS)


class AdminConfig(admin.AdminConfig):
    default = False
    default_site = "distribution.admin_site.AdminSite"
