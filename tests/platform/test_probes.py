"""The orchestrator must know a live process from a ready one, and strangers must learn nothing."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from distribution import probes
from distribution.tasks import HEARTBEAT, beat_heartbeat


def test_a_live_process_says_so_without_its_database(client: Client) -> None:
    """A database that is down must not make the orchestrator restart every web process."""
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_everything_is(client: Client) -> None:
    """A sound system that says it is not gets no traffic."""
    beat_heartbeat()
    reply = client.get("/readyz")
    assert reply.json() == dict.fromkeys(["status", "database", "redis", "migrations", "outbox", "beat"], "ok")
    assert reply.status_code == 200
