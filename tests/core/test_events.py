"""What was done, by whom and to what: one row, whoever writes it, and found under everything it is about."""

import pytest
from django.db import connection
from django.utils import timezone

from core.events import EventInput, ExtraSubject, event_ctes, record_event, record_events
from core.models import Event, EventSubject, OutboxMessage
from core.ui.timeline import timeline
from tests.factories.accounts import ManagerFactory

pytestmark = pytest.mark.django_db
SHIPMENT = ExtraSubject("shipment", 3, "shipment")


def test_many_events_are_three_statements(django_assert_num_queries: object) -> None:
    """Handing over a thousand distributors must not take thousands of statements."""
    inputs = [
        EventInput(kind="k", subject_type="thing", subject_id=number, extra_subjects=[SHIPMENT], data={"n": number})
        for number in range(30)
    ]
    with django_assert_num_queries(3):
        events = record_events(inputs, actor_id=None)
    assert [event.subject_id for event in events] == list(range(30))
    assert {message.event_id for message in OutboxMessage.objects.all()} == {event.pk for event in events}
    assert set(EventSubject.objects.values_list("event_id", flat=True)) == {event.pk for event in events}


def test_a_timeline_shows_events_of_the_primary_and_of_extra_subjects() -> None:
    """Somebody who opens a shipment sees its arrival, though the event is about the order."""
    person = ManagerFactory.create()
    record_event(kind="made", subject_type="order", subject_id=7, actor_id=None)
    record_event(kind="shipped", subject_type="order", subject_id=7, actor_id=None, extra_subjects=[SHIPMENT])
    record_event(kind="other", subject_type="shipment", subject_id=8, actor_id=None)
    assert [row.label for row in timeline([("shipment", 3)], actor=person)] == ["shipped"]
    assert [row.label for row in timeline([("order", 7), ("shipment", 3)], actor=person)] == ["shipped", "made"], (
        "each once"
    )
    assert timeline([], actor=person) == []


def test_a_timeline_reads_no_whole_table() -> None:
    """A page must not become slower with every event of other things."""
    now = timezone.now()
    others = Event.objects.bulk_create(
        Event(kind="k", subject_type="order", subject_id=number, at=now) for number in range(1000, 3000)
    )
    EventSubject.objects.bulk_create(
        EventSubject(event=event, subject_type="shipment", subject_id=event.subject_id, relation="r")
        for event in others
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_event; ANALYZE core_eventsubject")
        cursor.execute("SET LOCAL enable_seqscan = off")
        query, values = Event.objects.about([("order", 7), ("shipment", 3)]).order_by("-at").query.sql_with_params()
        cursor.execute("EXPLAIN " + query, values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan, plan
    assert "event_subject" in plan
    assert "event_extra_subject" in plan


def test_an_event_of_a_hand_written_statement_has_the_same_shape() -> None:
    """Late orders are flagged by one statement; consumers must not notice who wrote the event."""
    person = ManagerFactory.create()
    by_service = record_event(
        kind="k", subject_type="thing", subject_id=5, actor_id=person.pk, distributor_id=9, data={"a": "1"}
    )
    ctes = event_ctes(
        "(SELECT 5 AS id) AS thing",
        at="%(at)s",
        actor_id="%(actor)s",
        on_behalf_of="NULL",
        distributor_id="9",
        kind="'k'",
        subject_type="'thing'",
        subject_id="thing.id",
        data="""'{"a": "1"}'""",
    )
    with connection.cursor() as cursor:
        statement = f"WITH {ctes} SELECT id FROM event"  # noqa: S608 - a constant of this test
        cursor.execute(statement, {"at": by_service.at, "actor": person.pk})
        (pk,) = cursor.fetchone()
    assert Event.objects.values().exclude(pk=pk).get() | {"id": pk} == Event.objects.values().get(pk=pk)
    messages = [message.__dict__ for message in OutboxMessage.objects.order_by("pk")]
    differing = {name for name in messages[0] if messages[0][name] != messages[1][name]}
    assert differing == {"_state", "id", "event_id", "created_at", "available_at"}


def test_an_event_without_consumers_in_mind_writes_no_message() -> None:
    record_event(kind="k", subject_type="thing", subject_id=8, actor_id=None, publish=False)
    assert not OutboxMessage.objects.exists()
