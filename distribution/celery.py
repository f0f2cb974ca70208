"""The Celery application. Its settings are in `distribution.settings.celery`."""

import os
from contextlib import suppress
from typing import Any

from celery import Celery
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from distribution.launcher import redis
from distribution.launcher.folders import EmbeddedServiceError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distribution.settings")


class Application(Celery):
    """Celery that brings the embedded Redis up before it connects."""

    def connection_for_read(self, url: str | None = None, **options: Any) -> Any:
        _ensure_broker()
        return super().connection_for_read(url, **options)

    def connection_for_write(self, url: str | None = None, **options: Any) -> Any:
        _ensure_broker()
        return super().connection_for_write(url, **options)


def _ensure_broker() -> None:
    if settings.EMBEDDED_REDIS:
        with suppress(EmbeddedServiceError):  # then the connection fails, which Celery tries again
            redis.ensure()


app = Application("tributary")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)
