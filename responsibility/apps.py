from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsibilityConfig(AppConfig):
    """What is proved of responsibilities over time. Their rows are those of `accounts`, on which every scope stands."""

    name = "responsibility"
    verbose_name = _("Responsibility")
