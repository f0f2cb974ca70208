"""Outbox consumers: who is told of what happened to an order. Each person once per fact."""

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from accounts.enums import NotificationLevel, Role
from accounts.models import User
from accounts.selectors.responsibilities import first_accountable
from accounts.services.send_notifications import NotificationDraft, send_notifications
from core.models import Event
from core.paths import path_to
from orders.ordering.enums import OrderEvent

_BUYERS: Final = (Role.OWNER, Role.BUYER)
_KEEPERS: Final = (Role.OWNER, Role.KEEPER)

_MANAGER: Final[Mapping[str, NotificationLevel]] = {
    OrderEvent.SUBMITTED: NotificationLevel.ACTION,
    OrderEvent.CANCELLED: NotificationLevel.INFO,
    OrderEvent.REST_CANCELLED: NotificationLevel.INFO,
    OrderEvent.SOON_LATE: NotificationLevel.WARNING,
    OrderEvent.LATE: NotificationLevel.WARNING,
    OrderEvent.RESERVATION_EXPIRED: NotificationLevel.ACTION,
}
_DISTRIBUTOR: Final[Mapping[str, tuple[NotificationLevel, tuple[Role, ...]]]] = {
    OrderEvent.APPROVED: (NotificationLevel.INFO, _BUYERS),
    OrderEvent.PUT_ON_HOLD: (NotificationLevel.WARNING, _BUYERS),
    OrderEvent.CANCELLED: (NotificationLevel.WARNING, _BUYERS),
    OrderEvent.REST_CANCELLED: (NotificationLevel.WARNING, _BUYERS),
    OrderEvent.SHIPPED: (NotificationLevel.INFO, _BUYERS),
    OrderEvent.DELIVERED: (NotificationLevel.ACTION, _KEEPERS),
    OrderEvent.LATE: (NotificationLevel.WARNING, _BUYERS),
}
TOPICS: Final = tuple(sorted({*_MANAGER, *_DISTRIBUTOR}))


def notify_people(event: Event) -> None:
    """Write the notifications of one order event: to who acts as its manager today, and to the people of the distributor.

    Nobody is told of what they did themselves. Before: inside the transaction that marks the message as delivered.
    """
    recipients = _recipients(event)
    recipients.pop(event.actor_id or 0, None)
    number = event.data["number"]
    send_notifications(
        [
            NotificationDraft(
                recipient_id=person,
                kind=event.kind,
                level=level,
                params={"number": number, "reason": event.data.get("reason", "")},
                link=path_to("/orders/{}/", number),
                dedupe_key=f"event:{event.pk}",
            )
            for person, level in recipients.items()
        ],
        now=timezone.now(),
    )


def _recipients(event: Event) -> dict[int, NotificationLevel]:
    found: dict[int, NotificationLevel] = {}
    if event.kind in _DISTRIBUTOR:
        level, roles = _DISTRIBUTOR[event.kind]
        people = User.objects.of_distributors([event.distributor_id], roles).filter(is_active=True)
        found = dict.fromkeys(people.values_list("pk", flat=True), level)
    if event.kind in _MANAGER and event.distributor_id is not None:
        manager = first_accountable([event.distributor_id], on=timezone.localdate()).get(event.distributor_id)
        if manager is not None:
            found[manager] = _MANAGER[event.kind]
    return found
