"""The apps of this project, as the settings know them."""

from core.constraints import project_apps

APPS = tuple(sorted(project_apps()))
