"""What leaves the database: once, later when it fails, and never because another one failed."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from core import outbox
from core.events import Fact, record, record_many
from core.models import Event, OutboxMessage
from tests.factories.accounts import ManagerFactory
from tests.factories.core import OutboxMessageFactory


@pytest.fixture(autouse=True)
def no_consumers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_consumers", {})


def deliver() -> int:
    return outbox.deliver_batch(now=timezone.now() + timedelta(seconds=1))


@pytest.mark.django_db
def test_an_event_is_told_with_what_it_is_about() -> None:
    person, heard = ManagerFactory.create(), list[dict[str, object]]()
    outbox.subscribe("thing.made", lambda message: heard.append(message.payload))
    event = record(kind="thing.made", subject_type="thing", subject_id=7, actor_id=person.pk, data={"a": "1"})
    record(kind="thing.made", subject_type="thing", subject_id=8, actor_id=None, tell=False)
    assert deliver() == 1
    assert heard == [{"event_id": event.pk, "subject_id": 7, "actor_id": person.pk, "a": "1"}]
    assert deliver() == 0, "delivered once"


@pytest.mark.django_db
def test_many_facts_are_two_statements(django_assert_num_queries: object) -> None:
    facts = [Fact(kind="k", subject_type="thing", subject_id=number, data={"n": number}) for number in range(30)]
    with django_assert_num_queries(2):
        events = record_many(facts, actor_id=None)
    assert [event.subject_id for event in events] == list(range(30))
    told = {message.payload["event_id"] for message in OutboxMessage.objects.all()}
    assert told == {event.pk for event in Event.objects.all()}


@pytest.mark.django_db
def test_a_consumer_that_fails_loses_its_own_changes_only_and_is_tried_again() -> None:
    def fail(message: OutboxMessage) -> None:
        OutboxMessageFactory.create(topic="made by the failing one")
        raise RuntimeError("no mail server")

    heard: list[int] = []
    outbox.subscribe("bad", fail)
    outbox.subscribe("good", lambda message: heard.append(message.pk))
    bad, good = OutboxMessageFactory.create(topic="bad"), OutboxMessageFactory.create(topic="good")
    assert deliver() == 2
    bad.refresh_from_db()
    assert (bad.attempts, bad.delivered_at) == (1, None)
    assert "no mail server" in bad.last_error
    assert bad.available_at > timezone.now()
    assert heard == [good.pk]
    assert not OutboxMessage.objects.filter(topic="made by the failing one").exists()


@pytest.mark.django_db
def test_a_topic_that_nobody_hears_is_done_and_one_has_one_consumer() -> None:
    message = OutboxMessageFactory.create(topic="nobody")
    deliver()
    message.refresh_from_db()
    assert message.delivered_at is not None
    outbox.subscribe("twice", print)
    with pytest.raises(ValueError, match="consumer already"):
        outbox.subscribe("twice", repr)


@pytest.mark.parametrize("attempts", [1, 5, 30])
def test_the_delay_grows_to_an_hour(attempts: int) -> None:
    delay = outbox.retry_delay(attempts).total_seconds()
    ceiling = min(3600, 2**attempts)
    assert ceiling / 2 <= delay <= ceiling


@pytest.mark.django_db
def test_a_message_waits_until_its_time() -> None:
    outbox.publish(topic="later", payload={}, not_before=timezone.now() + timedelta(hours=1))
    assert deliver() == 0


@pytest.mark.django_db(transaction=True)
def test_two_relays_deliver_each_message_once() -> None:
    """Two machines run a relay; nobody gets the mail twice."""
    heard: list[int] = []
    outbox.subscribe("mail", lambda message: heard.append(message.pk))
    messages = OutboxMessageFactory.create_batch(40, topic="mail")
    start = threading.Barrier(4)

    def relay() -> None:
        start.wait()
        while deliver():
            pass
        connections.close_all()

    threads = [threading.Thread(target=relay) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver()
    assert sorted(heard) == [message.pk for message in messages]


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_is_not_told() -> None:
    with transaction.atomic():
        record(kind="k", subject_type="thing", subject_id=1, actor_id=None)
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert not Event.objects.exists()
