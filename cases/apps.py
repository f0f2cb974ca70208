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
        from core.importing import register_importers

        register_importers(*IMPORTERS)
        navigation.register(COMPLAINTS)
