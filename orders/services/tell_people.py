"""Outbox consumers: who is told of what happened to an order. Each person once per fact."""

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from accounts.enums import NoticeLevel, Role
from accounts.models import User
from accounts.selectors.responsibilities import first_accountable
from accounts.services.send_notices import NoticeDraft, send_notices
from core.models import Event
from core.paths import path_to
from orders.ordering.enums import OrderEvent

_BUYERS: Final = (Role.OWNER, Role.BUYER)
_KEEPERS: Final = (Role.OWNER, Role.KEEPER)

_MANAGER: Final[Mapping[str, NoticeLevel]] = {
    OrderEvent.SUBMITTED: NoticeLevel.ACTION,
    OrderEvent.CANCELLED: NoticeLevel.INFO,
    OrderEvent.REST_CANCELLED: NoticeLevel.INFO,
    OrderEvent.SOON_LATE: NoticeLevel.WARNING,
    OrderEvent.LATE: NoticeLevel.WARNING,
    OrderEvent.RESERVATION_EXPIRED: NoticeLevel.ACTION,
}
_DISTRIBUTOR: Final[Mapping[str, tuple[NoticeLevel, tuple[Role, ...]]]] = {
    OrderEvent.APPROVED: (NoticeLevel.INFO, _BUYERS),
    OrderEvent.HELD: (NoticeLevel.WARNING, _BUYERS),
    OrderEvent.CANCELLED: (NoticeLevel.WARNING, _BUYERS),
    OrderEvent.REST_CANCELLED: (NoticeLevel.WARNING, _BUYERS),
    OrderEvent.SHIPPED: (NoticeLevel.INFO, _BUYERS),
    OrderEvent.DELIVERED: (NoticeLevel.ACTION, _KEEPERS),
    OrderEvent.LATE: (NoticeLevel.WARNING, _BUYERS),
}
TOPICS: Final = tuple(sorted({*_MANAGER, *_DISTRIBUTOR}))


def tell_people(event: Event) -> None:
    """Write the notices of one order event: to who acts as its manager today, and to the people of the distributor.

    Nobody is told of what they did themselves. Before: inside the transaction that marks the message as delivered.
    """
    recipients = _recipients(event)
    recipients.pop(event.actor_id or 0, None)
    number = event.data["number"]
    send_notices(
        [
            NoticeDraft(
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


def _recipients(event: Event) -> dict[int, NoticeLevel]:
    found: dict[int, NoticeLevel] = {}
    if event.kind in _DISTRIBUTOR:
        level, roles = _DISTRIBUTOR[event.kind]
        people = User.objects.filter(distributor_id=event.distributor_id, role__in=roles, is_active=True)
        found = dict.fromkeys(people.values_list("pk", flat=True), level)
    if event.kind in _MANAGER and event.distributor_id is not None:
        manager = first_accountable([event.distributor_id], on=timezone.localdate()).get(event.distributor_id)
        if manager is not None:
            found[manager] = _MANAGER[event.kind]
    return found
