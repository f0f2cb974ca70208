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
from orders.ordering.enums import Audience, OrderEvent
from orders.ordering.permissions import ORDER_STATES

_ROLES: Final[Mapping[str, tuple[Role, ...]]] = {
    Audience.BUYERS: (Role.OWNER, Role.BUYER),
    Audience.KEEPERS: (Role.OWNER, Role.KEEPER),
}
# What happens to an order without being a step of it; whom a step notifies is said by the table of states.
_NO_STEPS: Final[Mapping[str, Mapping[str, str]]] = {
    OrderEvent.SOON_LATE: {Audience.MANAGER: NotificationLevel.WARNING},
    OrderEvent.LATE: {Audience.MANAGER: NotificationLevel.WARNING, Audience.BUYERS: NotificationLevel.WARNING},
    OrderEvent.RESERVATION_EXPIRED: {Audience.MANAGER: NotificationLevel.ACTION},
}
_NOTIFIES: Final[Mapping[str, Mapping[str, str]]] = {
    **{move.event: move.notifies for move in ORDER_STATES.transitions if move.notifies},
    **_NO_STEPS,
}
TOPICS: Final = tuple(sorted(_NOTIFIES))


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
    """Who is told, and how urgently; a manager who is one of the distributor's people too is told as the manager."""
    recipients: dict[int, NotificationLevel] = {}
    notifies = _NOTIFIES[event.kind]
    for audience in _ROLES.keys() & notifies.keys():
        people = User.objects.of_distributors([event.distributor_id], _ROLES[audience]).filter(is_active=True)
        recipients |= dict.fromkeys(people.values_list("pk", flat=True), NotificationLevel(notifies[audience]))
    if Audience.MANAGER in notifies and event.distributor_id is not None:
        manager = first_accountable([event.distributor_id], on=timezone.localdate()).get(event.distributor_id)
        if manager is not None:
            recipients[manager] = NotificationLevel(notifies[Audience.MANAGER])
    return recipients
