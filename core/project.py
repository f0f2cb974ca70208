"""The apps of this project, as the settings know them."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings


@cache
def project_apps() -> tuple[str, ...]:
    """Their names, in the order of INSTALLED_APPS."""
    return tuple(config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR)
