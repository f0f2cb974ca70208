"""What is counted over the whole channel, kept until somebody or something of it changes."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import connection

from accounts.permissions import sees_channel
from core.actors import Actor

T = TypeVar("T")
KEPT_SECONDS = 60


def kept(actor: Actor, name: str, work: Callable[[], T], of_others: Callable[[], T]) -> T:
    """What is counted over the whole channel is counted again when somebody or something of it has changed.

    At the latest after a minute: what a bulk load wrote without its history is not seen before. `of_others` counts for
    whoever does not see the whole channel, each time.
    """
    if not sees_channel(actor):
        return of_others()
    return cast("T", cache.get_or_set(f"radar:{name}:{_version_of_channel()}", work, KEPT_SECONDS))


_VERSION = """
SELECT (SELECT max(pgh_id) FROM accounts_responsibilityevent),
       (SELECT max(pgh_id) FROM accounts_absenceevent),
       (SELECT max(pgh_id) FROM accounts_distributorevent),
       (SELECT string_agg(id::text, ',' ORDER BY id) FROM accounts_duty WHERE is_active),
       (SELECT sum(hashtext(concat_ws('|', person.id, person.is_active, person.leaves_on, person.supervisor_id)))
        FROM accounts_user AS person
        WHERE EXISTS (
            SELECT FROM accounts_membership AS place WHERE place.person_id = person.id AND place.distributor_id IS NULL
        ))
"""


def _version_of_channel() -> str:
    """Changes with every responsibility, absence, distributor, duty and person of the brand owner. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return ":".join(str(part) for part in cursor.fetchone())
