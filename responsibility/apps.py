from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_see_radar
from core.ui import navigation

RADAR = navigation.NavItem(
    key="radar",
    label=_("Responsibilities"),
    route="responsibility:radar",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=40,
    shortcut="r",
    allowed=can_see_radar,
)


class ResponsibilityConfig(AppConfig):
    """What is proved of responsibilities over time. Their rows are those of `accounts`, on which every scope stands."""

    name = "responsibility"
    verbose_name = _("Responsibility")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.subjects import register_subject_type
        from responsibility.enums import ResponsibilityEvent
        from responsibility.models import AssignmentTemplate

        navigation.register(RADAR)
        register_kinds(ResponsibilityEvent)
        register_subject_type("assignment_template", AssignmentTemplate)
