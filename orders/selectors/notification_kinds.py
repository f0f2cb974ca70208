"""Whom the events of orders notify, and in which words. Whom a step notifies is in the table of states."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.errors import Message
from messaging.enums import NotificationLevel
from messaging.kinds import Audience as NotifiedAudience
from messaging.kinds import NotificationKind, ToAccountable, ToBrand, ToDistributor
from orders.ordering.enums import Audience, OrderEvent
from orders.ordering.permissions import ORDER_STATES

_ROLES: Final[Mapping[str, frozenset[str]]] = {
    Audience.BUYERS: frozenset({Role.OWNER, Role.BUYER}),
    Audience.KEEPERS: frozenset({Role.OWNER, Role.KEEPER}),
}
_TEXTS: Final[Mapping[str, Message]] = {
    OrderEvent.SUBMITTED: _("Order %(number)s is waiting for your approval."),
    OrderEvent.APPROVED: _("Order %(number)s is approved."),
    OrderEvent.PUT_ON_HOLD: _("Order %(number)s is on hold: %(reason)s"),
    OrderEvent.REJECTED: _("Order %(number)s was rejected: %(reason)s"),
    OrderEvent.REMINDED_MANAGER: _("Order %(number)s is late: you are asked to act."),
    OrderEvent.REMINDED_WAREHOUSE: _("Order %(number)s is late: please pick and ship it."),
    OrderEvent.REMINDED_KEEPER: _("Order %(number)s is late: please confirm the receipt."),
    OrderEvent.CANCELLED: _("Order %(number)s is cancelled: %(reason)s"),
    OrderEvent.REST_CANCELLED: _("The unshipped rest of order %(number)s is cancelled: %(reason)s"),
    OrderEvent.SHIPPED: _("Goods of order %(number)s are on their way."),
    OrderEvent.DELIVERED: _("Goods of order %(number)s have arrived. Please confirm receipt."),
    OrderEvent.SOON_LATE: _("Order %(number)s is at risk of being late."),
    OrderEvent.LATE: _("Order %(number)s is late."),
    OrderEvent.RESERVATION_EXPIRED: _(
        "Order %(number)s waited too long. Its stock reservation was released, and it is on hold."
    ),
    OrderEvent.OUTSIDE_TERRITORY: _(
        "Order %(number)s is on hold: its delivery address “%(address)s” lies outside the territory of agreement "
        "%(agreement)s."
    ),
}
_PARAMS: Final = {OrderEvent.OUTSIDE_TERRITORY.value: ("number", "address", "agreement")}
# What happens to an order without being a step of it.
_NO_STEPS: Final[Mapping[str, Mapping[str, str]]] = {
    OrderEvent.SOON_LATE: {Audience.MANAGER: NotificationLevel.WARNING},
    OrderEvent.LATE: {Audience.MANAGER: NotificationLevel.WARNING, Audience.BUYERS: NotificationLevel.WARNING},
    OrderEvent.RESERVATION_EXPIRED: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.OUTSIDE_TERRITORY: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.REMINDED_MANAGER: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.REMINDED_WAREHOUSE: {Audience.WAREHOUSE: NotificationLevel.ACTION},
    OrderEvent.REMINDED_KEEPER: {Audience.KEEPERS: NotificationLevel.ACTION},
}


def _audience(name: str, level: str) -> NotifiedAudience:
    if name == Audience.MANAGER:
        return ToAccountable(level=NotificationLevel(level))
    if name == Audience.WAREHOUSE:
        return ToBrand(level=NotificationLevel(level), roles=frozenset({Role.WAREHOUSE}))
    return ToDistributor(level=NotificationLevel(level), roles=_ROLES[name])


_NOTIFIES: Final[Mapping[str, Mapping[str, str]]] = {
    **{move.event: move.notifies for move in ORDER_STATES.transitions if move.notifies},
    **_NO_STEPS,
}
NOTIFICATION_KINDS: Final = tuple(
    NotificationKind(
        kind=kind,
        text=_TEXTS[kind],
        audiences=tuple(_audience(name, level) for name, level in notifies.items()),
        params=_PARAMS.get(kind, ("number", "reason")),
    )
    for kind, notifies in sorted(_NOTIFIES.items())
)
