"""Background work: what happened can be followed from the click to the task's last line."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import ApiToken
from core.models import OutboxMessage, StoredReply
from distribution.celery import app
from distribution.launcher import redis
from distribution.tasks import forget_what_is_over
from integration.models import WebhookDelivery
from messaging.enums import SendingState
from messaging.models import Sending
from tests.factories.accounts import ApiTokenFactory, UserFactory
from tests.factories.core import DeliveryFactory, OutboxMessageFactory
from tests.factories.integration import WebhookDeliveryFactory
from tests.factories.messaging import SendingFactory
from tests.platform.processes import manage, start, wait_until


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tributary-test-"))
    monkeypatch.setenv("TRIBUTARY_DATA_DIR", str(folder))
    yield folder
    redis.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.processes
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_id_of_a_request_follows_into_its_task(data: Path) -> None:
    """Without it nobody can say which click made the task that failed in the night."""
    script = (
        "import structlog; from distribution.tasks import beat_heartbeat;"
        "structlog.contextvars.bind_contextvars(request_id='the-click'); beat_heartbeat.delay()"
    )
    assert manage("shell", "--no-imports", "-c", script, data=data).returncode == 0
    log = data / "worker.log"
    command = ["-m", "celery", "--app", "distribution", "worker", "--loglevel", "info", "--concurrency", "1"]
    worker = start(*command, data=data, log=log)
    try:
        wait_until(lambda: "task_succeeded" in log.read_text(), what="the task's end")
    finally:
        worker.terminate()
        worker.wait(30)
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    done = next(line for line in lines if line["event"] == "task_succeeded")
    assert done["request_id"] == "the-click"


def test_what_is_over_is_forgotten_and_the_rest_kept(db: None) -> None:
    """The tables would grow without end, or a repeat of yesterday would order again."""
    now = timezone.now()
    ages = {"old": timedelta(days=40), "new": timedelta(days=5)}
    body = {"actor": UserFactory.create(), "body_hash": "x", "status": 201, "body": {}}
    for name, age in ages.items():
        StoredReply.objects.create(**body, key=name, created_at=now - age)
        message = OutboxMessageFactory.create(
            topic=name, created_at=now - age, feed_position=age.days, consumer_count=1
        )
        DeliveryFactory.create(message=message, status="delivered", delivered_at=now - age)
        ApiToken.objects.filter(pk=ApiTokenFactory.create(name=name).pk).update(expiry=now - age)
        Session.objects.create(session_key=name, session_data="", expire_date=now - age + timedelta(days=14))
    OutboxMessageFactory.create(topic="waiting", created_at=now - ages["old"])
    ApiTokenFactory.create(name="endless")

    forget_what_is_over()

    assert list(StoredReply.objects.values_list("key", flat=True)) == ["new"]
    assert set(OutboxMessage.objects.values_list("topic", flat=True)) == {"new", "waiting"}
    assert set(ApiToken.objects.values_list("name", flat=True)) == {"new", "endless"}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_the_log_of_what_was_sent_is_pruned_and_what_waits_is_kept(db: None) -> None:
    """The logs grow by every notification and every event that a system subscribed to."""
    now = timezone.now()
    for days in (1, 100):
        created = {"created_at": now - timedelta(days=days)}
        SendingFactory.create(state=SendingState.SENT, sent_at=now, **created)
        SendingFactory.create(available_at=now, **created)
        waiting = DeliveryFactory.create(message=OutboxMessageFactory.create(topic="webhook.event"))
        WebhookDeliveryFactory.create(**created)
        WebhookDeliveryFactory.create(message_id=waiting.message_id, **created)

    forget_what_is_over()

    assert Sending.objects.count() == 3
    assert not Sending.objects.closed().filter(created_at__lt=now - timedelta(days=90)).exists()
    assert WebhookDelivery.objects.count() == 3


def test_every_beat_entry_names_a_task_and_expires() -> None:
    """An entry for a task that is gone fails unseen; one without an end piles up while the worker is down."""
    app.loader.import_default_modules()
    entries: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    for entry in entries.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] > 0


def test_every_task_has_a_limit() -> None:
    """A task that hangs would hold its worker for ever."""
    app.loader.import_default_modules()
    assert app.conf.task_time_limit
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit
    assert app.conf.task_acks_late
