"""Notifications on their way: written with them, claimed, marked when sent, sent again where an administrator asks.

Each is sent **at least once**, and twice only where a process is killed, or loses the database, between the answer of
the server and the commit of `mark_sent`: neither SMTP nor the robots of chats let anybody ask afterwards whether they
took a message. One run of a channel sends at a time (`messaging.tasks`). It claims rows before it sends them and marks
each by itself as soon as it is sent, so that a kill leaves in doubt what was under way that moment: one mail, or one
message for each chat server. The next run gives claims back, since whoever made them is gone, and sends those rows again
under the same number (`Message-ID` of a mail, `id` of a generic webhook), by which the receiver drops the repeat. What
remains are mail servers that keep both, and WeCom, DingTalk and Feishu, whose messages have no number.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.permissions import can_administer
from core.actors import Actor
from core.outbox import MOST_ATTEMPTS, retry_delay
from core.permissions import require
from messaging.enums import ChannelName, SendingState
from messaging.models import Notification, Sending

GIVEN_UP: Final = timedelta(days=7)
"""What could not be delivered so long has failed, also where its server was never asked meanwhile."""
_LOOKED_AT: Final = 2000

# The oldest of each server first: many for one server do not stand before the few for another.
_CLAIM = """
UPDATE messaging_sending SET claimed_at = %(now)s WHERE id IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY endpoint ORDER BY available_at, id) AS place FROM (
            SELECT id, endpoint, available_at FROM messaging_sending AS sending
            WHERE channel = %(channel)s AND state IN ('waiting', 'retrying') AND claimed_at IS NULL
              AND available_at <= %(now)s AND endpoint <> ALL(%(busy)s::text[])
              AND NOT EXISTS (
                  SELECT 1 FROM messaging_endpoint AS server
                  WHERE server.name = sending.endpoint AND server.paused_until > %(now)s
              )
            ORDER BY available_at, id LIMIT %(looked_at)s
        ) AS due
    ) AS placed
    WHERE place <= %(each)s ORDER BY place, id LIMIT %(limit)s
) RETURNING id
"""


def start_sendings(channel: ChannelName, rows: Sequence[tuple[Notification, str]]) -> None:
    """Queue each for its server. Before: in the transaction that writes the notifications. One statement."""
    now = timezone.now()
    Sending.objects.bulk_create(
        Sending(notification=row, channel=channel, endpoint=endpoint, created_at=now, available_at=now)
        for row, endpoint in rows
    )


def claim(
    channel: ChannelName, *, now: datetime, limit: int, each: int, busy: Collection[str] = ()
) -> Sequence[Sending]:
    """Take up to `limit` that are due, at most `each` of a server; none of those that are `busy` or paused."""
    values: dict[str, Any] = {
        "now": now,
        "channel": channel.value,
        "busy": list(busy),
        "looked_at": _LOOKED_AT,
        "each": each,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        ids = [pk for (pk,) in cursor.fetchall()]
    rows = Sending.objects.filter(pk__in=ids).select_related("notification__recipient")
    return list(rows.order_by("available_at", "pk"))


def recover_claims(channel: ChannelName) -> int:
    """Give back what a run that is gone had claimed; returns how many. Before: no other run of the channel is under way."""
    rows = Sending.objects.filter(channel=channel, claimed_at__isnull=False)
    return int(rows.update(claimed_at=None, attempts=F("attempts") + 1, state=SendingState.RETRYING))


def release(rows: Collection[Sending], *, endpoint: str | None = None) -> None:
    """Give back what was claimed and not tried, to another server where its recipient has another one now."""
    changes: dict[str, Any] = {"claimed_at": None} | ({} if endpoint is None else {"endpoint": endpoint})
    Sending.objects.filter(pk__in=[row.pk for row in rows]).update(**changes)


def is_needed(row: Sending) -> bool:
    """Not where its recipient has read it meanwhile, or is gone."""
    return row.notification.read_at is None and row.notification.recipient.is_active


def mark_sent(row: Sending, *, now: datetime) -> None:
    _mark(row, state=SendingState.SENT, sent_at=now, attempts=row.attempts + 1, last_error="")


def mark_skipped(row: Sending) -> None:
    """There is no need, or no way any more."""
    _mark(row, state=SendingState.SKIPPED)


def mark_failed(row: Sending, *, reason: str, now: datetime) -> None:
    """It is tried again later with growing delay; after the last attempt it has failed."""
    attempts = row.attempts + 1
    state = SendingState.FAILED if attempts >= MOST_ATTEMPTS else SendingState.RETRYING
    _mark(row, state=state, attempts=attempts, last_error=reason[:2000], available_at=now + retry_delay(attempts))


def _mark(row: Sending, **changes: Any) -> None:
    Sending.objects.filter(pk=row.pk).update(claimed_at=None, **changes)


def give_up(*, now: datetime) -> int:
    """What could not be delivered for a week has failed; returns how many. An administrator can have it sent again."""
    old = Sending.objects.open().filter(claimed_at__isnull=True, available_at__lt=now - GIVEN_UP)
    return int(old.update(state=SendingState.FAILED))


def replay_sendings(*, sending_ids: Collection[int], actor: Actor, now: datetime) -> int:
    """Send again what waits, has failed or was sent, all attempts anew; returns how many. Raises NotAllowed.

    What was sent gets a new number: a repeat that is meant is not dropped as one.
    """
    require(can_administer(actor))
    with transaction.atomic():
        rows = Sending.objects.visible_to(actor).filter(pk__in=sending_ids, claimed_at__isnull=True)
        ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        again = Sending.objects.filter(pk__in=ids)
        again.filter(state__in=(SendingState.SENT, SendingState.SKIPPED)).update(repeats=F("repeats") + 1)
        again.update(state=SendingState.WAITING, attempts=0, sent_at=None, last_error="", available_at=now)
    return len(ids)
