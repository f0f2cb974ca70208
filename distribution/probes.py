"""What machines ask: is the process alive, can it serve, and its metrics."""

import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from redis.exceptions import RedisError

from core.enums import DeliveryStatus
from core.models import Delivery, OutboxMessage
from distribution.tasks import HEARTBEAT

_migrated = False


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers; whether its services do is not asked, so that a database's failure restarts no web."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """What a web process needs, by name with "ok" or what is wrong; 503 if anything is. `?full`: the others as well.

    A balancer asks the short form: pages open and orders are taken while Redis, workers or beat are away.
    """
    checks: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations}
    if "full" in request.GET:
        checks |= {"redis": _redis, "outbox": _outbox, "beat": _beat}
    results = {}
    for name, check in checks.items():
        try:
            results[name] = check()
        except (Error, RedisError, OSError) as error:
            results[name] = f"failed: {type(error).__name__}"
    ready = all(result == "ok" for result in results.values())
    return JsonResponse({"status": "ok" if ready else "not ready", **results}, status=200 if ready else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics, for the bearer of `METRICS_TOKEN` or an administrator."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    by_token = bool(settings.METRICS_TOKEN) and secrets.compare_digest(given.encode(), expected.encode())
    if not by_token and not (request.user.is_active and getattr(request.user, "is_staff", False)):
        return HttpResponseForbidden()
    reply: HttpResponse = ExportToDjangoView(request)
    return reply


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _redis() -> str:
    caches["watched"].set("readyz", 1, 10)  # one that is full reads well
    return "ok"


def _migrations() -> str:
    """Looked at until nothing is missing: a process is older than no migration that it was started with."""
    global _migrated  # noqa: PLW0603  one fact about this process
    if not _migrated:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return f"{len(missing)} not applied"
        _migrated = True
    return "ok"


def _outbox() -> str:
    now = timezone.now()
    due = (
        OutboxMessage.objects.filter(feed_position__isnull=True, available_at__lte=now),
        Delivery.objects.filter(status=DeliveryStatus.WAITING, available_at__lte=now),
    )
    oldest = min(rows.aggregate(oldest=Min("available_at"))["oldest"] or now for rows in due)
    waited = (now - oldest).total_seconds()
    return "ok" if waited <= settings.OUTBOX_LAG_SECONDS else f"oldest message waits {waited:.0f} s"


def _beat() -> str:
    beaten_at = caches["watched"].get(HEARTBEAT)
    if beaten_at is None:
        return "no heartbeat yet"
    age = time.time() - beaten_at
    return "ok" if age <= settings.BEAT_AGE_SECONDS else f"last heartbeat {age:.0f} s ago"
