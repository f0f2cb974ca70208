"""What always holds about events, messages and their deliveries, recomputed over the whole database."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, Row, violations_of
from core.models import Event, EventSubject
from core.subjects import subject_types


def _unknown_subject_types(limit: int) -> Sequence[Row]:
    used = Event.objects.order_by().values("subject_type").distinct()
    extra = EventSubject.objects.order_by().values("subject_type").distinct()
    unknown = used.exclude(subject_type__in=subject_types()).union(extra.exclude(subject_type__in=subject_types()))
    return list(unknown[:limit])


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="core.message_has_its_deliveries",
        statement=_(
            "Every message that was fanned out has the deliveries it was fanned out into, and no other has any."
        ),
        find=violations_of("""
            SELECT message.id, message.topic, message.feed_position, message.consumer_count,
                   coalesce(counted.deliveries, 0) AS deliveries
            FROM core_outboxmessage AS message
            LEFT JOIN (SELECT message_id, count(*) AS deliveries FROM core_delivery GROUP BY message_id) AS counted
                ON counted.message_id = message.id
            WHERE coalesce(counted.deliveries, 0) <> message.consumer_count
               OR (message.feed_position IS NULL AND message.consumer_count > 0)
        """),
    ),
    Invariant(
        name="core.message_names_its_event",
        statement=_("The topic of a message is the kind of its event."),
        find=violations_of("""
            SELECT message.id, message.topic, event.id AS event, event.kind
            FROM core_outboxmessage AS message JOIN core_event AS event ON event.id = message.event_id
            WHERE message.topic <> event.kind
        """),
    ),
    Invariant(
        name="core.subject_types_are_registered",
        statement=_("Every event is about something of a known type."),
        find=_unknown_subject_types,
    ),
)
