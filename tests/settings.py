"""Settings of the tests: the real ones, on servers of their own, with cheap passwords."""

import os
from pathlib import Path

os.environ.setdefault("TRIBUTARY_DATA_DIR", str(Path(__file__).resolve().parents[1] / ".data" / "test"))
os.environ.setdefault("TIME_ZONE", "UTC")  # not that of the machine

from distribution.settings import *

# One Redis database for each parallel worker, so that one may empty its own.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = REDIS_URL.replace("db=0", f"db={WORKER % 16}")
for known in CACHES.values():
    known["LOCATION"] = REDIS_URL
CELERY_BROKER_URL = CELERY_BROKER_URL.replace("virtual_host=0", f"virtual_host={WORKER % 16}")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = Path(os.environ["TRIBUTARY_DATA_DIR"]) / f"media-{WORKER}"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # no collected files needed
WHITENOISE_MAX_AGE = 600  # a browser asks once for each, as in production
CARRIER_PRIVATE_ADDRESSES = True  # the carriers of the tests are here
WEBHOOK_PRIVATE_ADDRESSES = True  # likewise
SIGN_IN_LIMITS = {}
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # allauth's word for none
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]  # for `make migrations`
MIGRATION_LINTER_OPTIONS = {"sql_analyser": "postgresql", "no_cache": True}
# Several workers test at once on one machine, and none is to be refused for the sake of another.
FILES_READ_AT_ONCE = PAPERS_AT_ONCE = 8
