"""What leaves the database: once for each consumer, later when it fails, and never late because another one failed."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import outbox
from core.enums import DeliveryStatus
from core.events import record_event
from core.models import Delivery, Event, OutboxMessage
from core.selectors.invariants import INVARIANTS
from tests.factories.accounts import AdministratorFactory, ManagerFactory
from tests.factories.core import DeliveryFactory, OutboxMessageFactory
from tests.sql import offending_rows

OUTBOX_CHECKS = [check for check in INVARIANTS if "message" in check.name]


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of event that no other test has, so that only this test's consumers receive it."""
    return f"test.{request.node.name}"[-64:]


def relay() -> int:
    return outbox.relay(now=timezone.now() + timedelta(seconds=1))


def fail(_message: object) -> None:
    OutboxMessageFactory.create(topic="written by the failing one")
    raise RuntimeError("no mail server")


def event_of(kind: str = "k") -> Event:
    return record_event(kind=kind, subject_type="thing", subject_id=7, actor_id=None)


def positions() -> list[int]:
    """The events of the feed in its order, as a reader of the feed gets them."""
    ordered = OutboxMessage.objects.filter(feed_position__isnull=False).order_by("feed_position")
    return [int(event_id or 0) for event_id in ordered.values_list("event_id", flat=True)]


@pytest.mark.django_db
def test_a_consumer_receives_the_event_once(kind: str) -> None:
    person, received = ManagerFactory.create(), list[Event]()
    outbox.subscribe(kind, "one", received.append)
    event = record_event(
        kind=kind, subject_type="thing", subject_id=7, actor_id=person.pk, distributor_id=9, data={"a": "1"}
    )
    assert relay() == 2, "one message, one delivery"
    assert received == [event]
    assert (received[0].subject, received[0].distributor_id, received[0].data) == (("thing", 7), 9, {"a": "1"})
    assert relay() == 0, "delivered once"
    assert offending_rows(OUTBOX_CHECKS) == {}


@pytest.mark.django_db
def test_each_consumer_of_a_topic_receives_the_event(kind: str) -> None:
    """Notifications, stock cover and invoices all react to a shipment; one more must not take it from another."""
    received: list[tuple[str, int]] = []
    outbox.subscribe(kind, "first", lambda event: received.append(("first", event.pk)))
    outbox.subscribe(kind, "second", lambda event: received.append(("second", event.pk)))
    event = event_of(kind)
    relay()
    assert sorted(received) == [("first", event.pk), ("second", event.pk)]


@pytest.mark.django_db
def test_a_failing_consumer_loses_its_own_changes_only_and_is_tried_again(kind: str) -> None:
    received: list[int] = []
    outbox.subscribe(kind, "bad", fail)
    outbox.subscribe(kind, "good", lambda event: received.append(event.pk))
    event = event_of(kind)
    relay()
    bad, good = Delivery.objects.get(consumer="bad"), Delivery.objects.get(consumer="good")
    assert received == [event.pk]
    assert good.status == DeliveryStatus.DELIVERED
    assert (bad.status, bad.attempts, bad.delivered_at) == (DeliveryStatus.WAITING, 1, None)
    assert "no mail server" in bad.last_error
    assert bad.available_at > timezone.now()
    assert not OutboxMessage.objects.filter(topic="written by the failing one").exists()
    assert offending_rows(OUTBOX_CHECKS) == {}


@pytest.mark.django_db
def test_what_failed_too_often_rests_until_an_administrator_tries_it_again(client: Client, kind: str) -> None:
    """A wrong address must not be tried for ever, and the mail must not be lost when it is put right."""
    received: list[int] = []
    broken = [True]

    def mail(event: Event) -> None:
        if broken:
            raise RuntimeError("no mail server")
        received.append(event.pk)

    outbox.subscribe(kind, "mail", mail)
    event_of(kind)
    moment = timezone.now()
    for _number in range(outbox.MOST_ATTEMPTS + 3):
        moment += outbox.MAX_DELAY + timedelta(seconds=1)
        outbox.relay(now=moment)
    failed = Delivery.objects.get()
    assert (failed.status, failed.attempts) == (DeliveryStatus.FAILED, outbox.MOST_ATTEMPTS)

    broken.clear()
    client.force_login(AdministratorFactory.create())
    page = reverse("admin:core_delivery_changelist")
    client.post(page, {"action": "try_again", "_selected_action": [failed.pk]})
    relay()
    assert received == list(Event.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_message_that_nobody_receives_has_its_place_in_the_feed(kind: str) -> None:
    event = event_of(kind)
    relay()
    assert positions() == [event.pk]
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_two_consumers_of_one_name_are_refused(kind: str) -> None:
    outbox.subscribe(kind, "one", print)
    outbox.subscribe(kind, "one", print)
    with pytest.raises(ValueError, match="is registered already"):
        outbox.subscribe(kind, "one", repr)


@pytest.mark.parametrize("attempts", [1, 5, 30])
def test_the_delay_grows_to_an_hour(attempts: int) -> None:
    delay = outbox.retry_delay(attempts).total_seconds()
    ceiling = min(3600, 2**attempts)
    assert ceiling / 2 <= delay <= ceiling


@pytest.mark.django_db
def test_a_message_waits_until_its_time() -> None:
    received: list[object] = []
    outbox.subscribe_message("later", "one", lambda message: received.append(message.payload))
    outbox.publish(topic="later", payload={"a": 1}, not_before=timezone.now() + timedelta(hours=1))
    relay()
    assert received == []
    outbox.relay(now=timezone.now() + timedelta(hours=2))
    assert received == [{"a": 1}]


@pytest.mark.django_db
def test_old_messages_are_deleted_once_everybody_has_them() -> None:
    """The table must not grow for ever, and what still waits must not be lost by tidying up."""
    now = timezone.now()
    old, new = now - outbox.KEPT - timedelta(days=1), now - timedelta(days=1)
    kept = [
        OutboxMessageFactory.create(topic="new", created_at=new, feed_position=1),
        OutboxMessageFactory.create(topic="not fanned out", created_at=old),
        OutboxMessageFactory.create(topic="waits", created_at=old, feed_position=2, consumer_count=1),
        OutboxMessageFactory.create(topic="failed", created_at=old, feed_position=3, consumer_count=1),
    ]
    gone = OutboxMessageFactory.create(topic="gone", created_at=old, feed_position=4, consumer_count=1)
    DeliveryFactory.create(message=kept[2])
    DeliveryFactory.create(message=kept[3], status=DeliveryStatus.FAILED)
    DeliveryFactory.create(message=gone, status=DeliveryStatus.DELIVERED, delivered_at=old)
    assert outbox.forget_delivered(now=now) == 1
    assert set(OutboxMessage.objects.all()) == set(kept)
    assert Delivery.objects.count() == 2


def in_threads(*work: Callable[[], None]) -> None:
    def run(one: Callable[[], None]) -> None:
        try:
            one()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)


@pytest.mark.django_db(transaction=True)
def test_several_relays_deliver_each_message_once() -> None:
    """Two machines run a relay; nobody gets the mail twice."""
    received: list[int] = []
    outbox.subscribe_message("mail", "one", lambda message: received.append(message.pk))
    messages = OutboxMessageFactory.create_batch(40, topic="mail")
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        while relay():
            pass

    in_threads(*[work] * 4)
    while relay():
        pass
    assert sorted(received) == [message.pk for message in messages]
    assert offending_rows(OUTBOX_CHECKS) == {}


def commit_in_reverse(fan_out: Callable[[], object]) -> list[int]:
    """Two transactions write a message each; the first to write is the last to commit. Returns the events as written."""
    written: list[int] = []
    first_written, second_committed = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            written.append(event_of().pk)
            first_written.set()
            second_committed.wait(20)

    def fast() -> None:
        first_written.wait(20)
        written.append(event_of().pk)
        fan_out()
        second_committed.set()

    in_threads(slow, fast)
    fan_out()
    assert len(written) == 2
    assert written[0] < written[1]
    return written


@pytest.mark.django_db(transaction=True)
def test_positions_in_the_feed_are_in_the_order_of_commits() -> None:
    """Whoever has read the feed up to a position and asks for what came after must not miss what committed late."""
    slow, fast = commit_in_reverse(outbox.fan_out)
    assert positions() == [fast, slow]


@pytest.mark.django_db(transaction=True)
def test_without_the_relay_the_late_commit_is_missed() -> None:
    """The twin: a reader that goes by the ids of the messages never sees the one that committed late."""
    seen: list[int] = []
    read = 0

    def read_by_id() -> None:
        nonlocal read
        for message in OutboxMessage.objects.filter(pk__gt=read).order_by("pk"):
            seen.append(int(message.event_id or 0))
            read = message.pk

    slow, fast = commit_in_reverse(read_by_id)
    assert seen == [fast]
    assert slow not in seen


@pytest.mark.django_db(transaction=True)
def test_while_one_relay_gives_positions_another_gives_none(kind: str) -> None:
    """Two relays that give positions at once would publish a later one first."""
    event_of(kind)
    holds, tried = threading.Event(), threading.Event()
    counts: list[int] = []

    def first() -> None:
        with transaction.atomic():
            counts.append(outbox.fan_out())
            holds.set()
            tried.wait(20)

    def second() -> None:
        holds.wait(20)
        counts.append(outbox.fan_out())
        tried.set()

    in_threads(first, second)
    assert counts == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_a_relay_that_dies_in_between_delivers_nothing_twice(kind: str) -> None:
    """A crash between the work of a consumer and the mark of delivery undoes both; the next relay does it once."""

    class Crash(BaseException):
        """Not an error of a consumer: the process is gone."""

    crash = [True]

    def write(event: Event) -> None:
        OutboxMessageFactory.create(topic=f"effect of {event.pk}")
        if crash:
            crash.pop()
            raise Crash

    outbox.subscribe(kind, "one", write)
    event = event_of(kind)
    with pytest.raises(Crash):
        relay()
    assert not OutboxMessage.objects.filter(topic=f"effect of {event.pk}").exists()
    while relay():
        pass
    assert OutboxMessage.objects.filter(topic=f"effect of {event.pk}").count() == 1
    assert Delivery.objects.get().attempts == 1
    assert positions()[0] == event.pk


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_is_not_published(kind: str) -> None:
    with transaction.atomic():
        event_of(kind)
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert not Event.objects.exists()
