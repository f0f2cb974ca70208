"""The orchestrator must know a live process from a ready one, and strangers must learn nothing."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.models import OutboxMessage
from core.outbox import publish
from distribution import probes
from distribution.tasks import HEARTBEAT, beat_heartbeat, relay_outbox


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """As after a start: nothing is known of the migrations."""
    probes._migrated = False
    yield
    probes._migrated = False


def _readiness(client: Client) -> tuple[int, dict[str, str]]:
    reply = client.get("/readyz?full")
    return reply.status_code, reply.json()


def test_a_live_process_says_so_without_its_database(client: Client) -> None:
    """A database that is down must not make the orchestrator restart every web process."""
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_everything_is(client: Client) -> None:
    """A sound system that says it is not gets no traffic."""
    beat_heartbeat()
    names = ["status", "database", "redis", "migrations", "outbox", "beat"]
    assert _readiness(client) == (200, dict.fromkeys(names, "ok"))


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    """New code that meets old tables would answer people with errors."""
    beat_heartbeat()
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    status, answer = _readiness(client)
    assert (status, answer["migrations"]) == (503, "1 not applied")


@pytest.mark.django_db
def test_not_ready_when_messages_pile_up(client: Client) -> None:
    """Mails and webhooks that nobody delivers must be seen by somebody."""
    beat_heartbeat()
    late = timezone.now() - timedelta(seconds=settings.OUTBOX_LAG_SECONDS + 60)
    message = publish(topic="test.late", payload={}, not_before=late)
    status, answer = _readiness(client)
    assert status == 503
    assert answer["outbox"].startswith("oldest message waits")
    relay_outbox()
    assert OutboxMessage.objects.get(pk=message.pk).feed_position is not None
    assert _readiness(client)[0] == 200


@pytest.mark.django_db
def test_messages_of_the_future_are_not_late(client: Client) -> None:
    """A message that waits for its day is no failure."""
    beat_heartbeat()
    publish(topic="test.future", payload={}, not_before=timezone.now() + timedelta(days=3))
    assert _readiness(client)[0] == 200


@pytest.mark.django_db
def test_a_web_process_is_ready_though_others_are_not(client: Client) -> None:
    """A balancer would take every web process away because a worker is slow."""
    late = timezone.now() - timedelta(seconds=settings.OUTBOX_LAG_SECONDS + 60)
    publish(topic="test.late", payload={}, not_before=late)
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok", "database": "ok", "migrations": "ok"})
    assert _readiness(client)[0] == 503


@pytest.mark.django_db
def test_a_redis_that_takes_no_more_is_seen(client: Client, full_redis: str) -> None:
    """Full, it reads as ever and keeps nothing: no task is queued."""
    beat_heartbeat()
    full = {name: {**one, "LOCATION": full_redis, "OPTIONS": {}} for name, one in settings.CACHES.items()}
    with override_settings(CACHES=full):
        assert _readiness(client)[1]["redis"] == "failed: OutOfMemoryError"


@pytest.mark.django_db
def test_not_ready_when_beat_is_silent(client: Client) -> None:
    """Without the scheduler no tracking is fetched and no reservation expires."""
    assert _readiness(client)[1]["beat"] == "no heartbeat yet"
    cache.set(HEARTBEAT, time.time() - settings.BEAT_AGE_SECONDS - 60)
    status, answer = _readiness(client)
    assert status == 503
    assert answer["beat"].startswith("last heartbeat")


def test_not_ready_without_redis(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web process that reaches no queue accepts work that nobody will do."""
    monkeypatch.setattr(probes, "caches", {"watched": RedisCache("redis://127.0.0.1:9/0", {})})
    status, answer = _readiness(client)
    assert (status, answer["redis"]) == (503, "failed: ConnectionError")


def test_not_ready_without_the_database(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Traffic must go to a replica that reaches its database."""
    monkeypatch.setattr(probes, "connection", _unreachable())
    status, answer = _readiness(client)
    assert (status, answer["database"]) == (503, "failed: OperationalError")


def _unreachable() -> BaseDatabaseWrapper:
    wrapper = connections["default"].copy()
    wrapper.settings_dict |= {"HOST": "127.0.0.1", "PORT": "9"}
    return wrapper


@pytest.mark.django_db
@override_settings(METRICS_TOKEN="open sesame")
def test_metrics_are_for_those_who_may(client: Client) -> None:
    """Numbers tell a competitor how the business goes."""
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    reply = client.get("/metrics", headers={"Authorization": "Bearer open sesame"})
    assert reply.status_code == 200
    assert b"django_http_requests_before_middlewares_total" in reply.content
    client.force_login(User.objects.create_user("m@brand.example", role=Role.MANAGER))
    assert client.get("/metrics").status_code == 403
    client.force_login(User.objects.create_user("a@brand.example", role=Role.ADMINISTRATOR))
    assert client.get("/metrics").status_code == 200


@pytest.mark.django_db
def test_no_token_configured_opens_nothing(client: Client) -> None:
    """An empty setting must not be a password that everybody knows."""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 403
