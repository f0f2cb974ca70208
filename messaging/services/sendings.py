"""Notifications on their way: written with them, marked when they are sent, sent again where an administrator asks."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.permissions import can_administer
from core.actors import Actor
from core.enums import DeliveryStatus
from core.models import Delivery, OutboxMessage
from core.outbox import publish_many, retry_deliveries
from core.permissions import require
from messaging.enums import ChannelName, MessagingTopic
from messaging.models import Notification, Sending

TOPICS = {ChannelName.MAIL: MessagingTopic.MAIL, ChannelName.WEBHOOK: MessagingTopic.WEBHOOK}


def start_sendings(channel: ChannelName, notifications: Sequence[Notification]) -> None:
    """Give the outbox one message for each. Before: in the transaction that writes the notifications. Two statements."""
    messages = publish_many(topic=TOPICS[channel], payloads=[{"notification_id": row.pk} for row in notifications])
    Sending.objects.bulk_create(
        Sending(notification=row, channel=channel, message_id=message.pk, created_at=message.created_at)
        for row, message in zip(notifications, messages, strict=True)
    )


def send_if_waiting(message: OutboxMessage, channel: ChannelName, send: Callable[[Notification], bool]) -> None:
    """For the consumers: send what waits, and note it in the transaction that marks the message as delivered.

    One that was sent, or that its recipient has read meanwhile, is not sent. `send` returns whether there was a way.
    """
    sending = (
        Sending.objects.select_related("notification__recipient")
        .filter(notification=message.payload["notification_id"], channel=channel, sent_at__isnull=True)
        .first()
    )
    if sending is None:
        return
    row = sending.notification
    is_needed = row.read_at is None and row.recipient.is_active
    changes = {"sent_at": timezone.now()} if is_needed and send(row) else {"was_needed": False}
    Sending.objects.filter(pk=sending.pk).update(**changes)


def replay_sendings(*, sending_ids: Collection[int], actor: Actor, now: datetime) -> int:
    """Send again what waits, has failed or was sent, all attempts anew; returns how many. Raises NotAllowed."""
    require(can_administer(actor))
    with transaction.atomic():
        rows = list(Sending.objects.visible_to(actor).filter(pk__in=sending_ids).select_for_update().order_by("pk"))
        waiting = Delivery.objects.filter(message__in=[row.message_id for row in rows])
        open_ids = dict(waiting.exclude(status=DeliveryStatus.DELIVERED).values_list("message_id", "pk"))
        retry_deliveries(delivery_ids=list(open_ids.values()), now=now)
        again = [row for row in rows if row.message_id not in open_ids and (row.sent_at or not row.was_needed)]
        for channel, topic in TOPICS.items():
            _send_anew([row for row in again if row.channel == channel], topic)
    return len(rows)


def _send_anew(rows: Sequence[Sending], topic: MessagingTopic) -> None:
    """Under a new number: a repeat that is meant is not dropped."""
    messages = publish_many(topic=topic, payloads=[{"notification_id": row.notification_id} for row in rows])
    for row, message in zip(rows, messages, strict=True):
        row.message_id, row.sent_at, row.was_needed = message.pk, None, True
    Sending.objects.bulk_update(rows, ["message_id", "sent_at", "was_needed"])
