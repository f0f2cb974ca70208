"""Subscriptions of systems: created, changed, given a new secret, and their deliveries sent again."""

import base64
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.enums import DeliveryStatus
from core.errors import InvalidInput
from core.events import record_event
from core.locks import lock_row
from core.models import Delivery, OutboxMessage
from core.outbox import publish_many, retry_deliveries
from core.permissions import require
from core.registry import registry
from core.state import check_version
from integration.enums import WebhookEvent
from integration.models import WebhookDelivery, WebhookEndpoint
from integration.permissions import can_manage_webhooks
from integration.webhooks.sending import PREFIX, TOPIC
from messaging.services.outgoing import check_address

OVERLAP = timedelta(hours=24)
"""How long the previous secret signs after a rotation."""


def create_webhook(
    *, name: str, url: str, kinds: Sequence[str], actor: Actor, now: datetime, is_active: bool = True
) -> WebhookEndpoint:
    """Subscribe a system to what happens from now on. Raises NotAllowed, InvalidInput (name, url, kinds), Conflict."""
    require(can_manage_webhooks(actor))
    _check(url, kinds)
    with explained(), transaction.atomic():
        last = OutboxMessage.objects.aggregate(last=Max("feed_position"))["last"] or 0
        endpoint = WebhookEndpoint.objects.create(
            name=name,
            url=url,
            kinds=sorted(set(kinds)),
            is_active=is_active,
            secret=_new_secret(),
            feed_position=last,
            created_at=now,
            created_by_id=actor.pk,
        )
        _record(endpoint, WebhookEvent.CREATED, actor)
    return endpoint


def change_webhook(
    *,
    endpoint_id: int,
    name: str,
    url: str,
    kinds: Sequence[str],
    is_active: bool,
    actor: Actor,
    expected_version: int | None,
) -> WebhookEndpoint:
    """Raises as `create_webhook`, NotVisible, StaleVersion."""
    _check(url, kinds)
    with explained(), transaction.atomic():
        endpoint = _lock(endpoint_id, actor, expected_version)
        endpoint.name, endpoint.url, endpoint.kinds, endpoint.is_active = name, url, sorted(set(kinds)), is_active
        endpoint.save(update_fields=["name", "url", "kinds", "is_active"])
        _record(endpoint, WebhookEvent.CHANGED, actor)
    return endpoint


def rotate_secret(
    *, endpoint_id: int, actor: Actor, now: datetime, expected_version: int | None = None
) -> WebhookEndpoint:
    """Give it a new secret; the present one signs as well for a day more. Raises NotAllowed, NotVisible, StaleVersion."""
    with transaction.atomic():
        endpoint = _lock(endpoint_id, actor, expected_version)
        endpoint.previous_secret, endpoint.previous_until = endpoint.secret, now + OVERLAP
        endpoint.secret = _new_secret()
        endpoint.save(update_fields=["secret", "previous_secret", "previous_until"])
        _record(endpoint, WebhookEvent.SECRET_ROTATED, actor)
    return endpoint


def replay_deliveries(*, delivery_ids: Collection[int], actor: Actor, now: datetime) -> int:
    """Send these again, all attempts anew, also what was sent; returns how many. Raises NotAllowed."""
    require(can_manage_webhooks(actor))
    with transaction.atomic():
        rows = list(WebhookDelivery.objects.visible_to(actor).filter(pk__in=delivery_ids).select_for_update())
        waiting = Delivery.objects.filter(message__in=[row.message_id for row in rows])
        open_ids = dict(waiting.exclude(status=DeliveryStatus.DELIVERED).values_list("message_id", "pk"))
        retry_deliveries(delivery_ids=list(open_ids.values()), now=now)
        again = [row for row in rows if row.message_id not in open_ids]
        payloads = [{"endpoint_id": row.endpoint_id, "event_id": row.event_id} for row in again]
        for row, message in zip(again, publish_many(topic=TOPIC, payloads=payloads), strict=True):
            row.message_id, row.sent_at = message.pk, None
        WebhookDelivery.objects.bulk_update(again, ["message_id", "sent_at"])
    return len(rows)


def _check(url: str, kinds: Sequence[str]) -> None:
    check_address(url)
    unknown = [kind for kind in kinds if kind not in registry.event_kinds]
    if unknown or not kinds:
        raise InvalidInput(_("Choose at least one kind of event."), code="unknown_kind", field="kinds")


def _lock(endpoint_id: int, actor: Actor, expected_version: int | None) -> WebhookEndpoint:
    require(can_manage_webhooks(actor))
    endpoint: WebhookEndpoint = lock_row(WebhookEndpoint.objects.visible_to(actor), endpoint_id)
    check_version(endpoint, expected_version)
    return endpoint


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _record(endpoint: WebhookEndpoint, kind: WebhookEvent, actor: Actor) -> None:
    data = {"name": endpoint.name, "url": endpoint.url, "kinds": endpoint.kinds, "is_active": endpoint.is_active}
    record_event(kind=kind, subject_type="webhook", subject_id=endpoint.pk, actor_id=actor.pk, data=data)
