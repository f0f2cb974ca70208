"""The apps of this project, as the settings know them."""

from django.conf import settings

from distribution.launcher.folders import PROJECT

APPS = tuple(app for app in settings.INSTALLED_APPS if (PROJECT / app / "__init__.py").exists())
