"""One base for every environment: each value comes from the environment, a `*_FILE`, or is safe by default."""

from pathlib import Path

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from distribution.launcher.time_zone import FALLBACK, kept_zone, machine_zone
from distribution.settings.environment import env, secret

# Lets `ModelAdmin[Order]` and the like be written, where Django has no generics of its own.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = env.bool("DEBUG", default=False)
EMBEDDED = not env("DATABASE_URL", default="") and not env("DATABASE_URL_FILE", default="")
SECRET_KEY = secret("SECRET_KEY", embedded=EMBEDDED)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if EMBEDDED else [])

BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

INSTALLED_APPS = [
    "distribution.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_tables2",
    "django_htmx",
    "template_partials",
    "demo",
    "distribution",
    "sign_in",
    "integration",  # before import_export, which has a command `import` too
    "import_export",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_celery_beat",
    "django_prometheus",
    "django_structlog",
    "pgtrigger",
    "pghistory",
    "tree_queries",
    "core",
    "company",
    "accounts",
    "responsibility",
    "messaging",
    "catalogue",
    "inventory",
    "channel_stock",
    "transfers",
    "stocktaking",
    "pricing",
    "channel",
    "policies",
    "outlets",
    "onboarding",
    "planning",
    "billing",
    "orders",
    "cases",
    "evaluation",
]

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "distribution.urls"
WSGI_APPLICATION = "distribution.wsgi.application"
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="") or (kept_zone() or machine_zone() if EMBEDDED else FALLBACK)
COMPANY_CURRENCY = env("COMPANY_CURRENCY", default="USD")  # of the company that the first start creates
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
FORMAT_MODULE_PATH = ["core.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
