"""Whom the events of orders notify, and in which words. Whom a step notifies is in the table of states."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.errors import Message
from inventory.enums import InventoryEvent
from messaging.enums import NotificationLevel
from messaging.kinds import Audience as NotifiedAudience
from messaging.kinds import NotificationKind, ToAccountable, ToBrand, ToDistributor, ToPeople
from orders.ordering.enums import Audience, OrderEvent
from orders.ordering.permissions import ORDER_STATES

_ROLES: Final[Mapping[str, frozenset[str]]] = {
    Audience.BUYERS: frozenset({Role.OWNER, Role.BUYER}),
    Audience.OWNERS: frozenset({Role.OWNER}),
    Audience.KEEPERS: frozenset({Role.OWNER, Role.KEEPER}),
}
_TEXTS: Final[Mapping[str, Message]] = {
    OrderEvent.WAITS: _("Order %(number)s is waiting for your approval."),
    OrderEvent.ABOVE_LIMIT: _("Order %(number)s is above the limit of its buyer and waits for you to confirm it."),
    OrderEvent.LINES_CHANGED: _("Lines of order %(number)s were changed at approval: %(summary)s"),
    OrderEvent.CHANGE_REQUESTED: _("A change of order %(number)s is requested: %(summary)s"),
    OrderEvent.CHANGE_ABOVE_LIMIT: _(
        "A change of order %(number)s is above the limit of its buyer and waits for you to confirm it: %(summary)s"
    ),
    OrderEvent.CHANGE_CONFIRMED: _("A change of order %(number)s is requested: %(summary)s"),
    OrderEvent.CHANGE_ACCEPTED: _("The requested change of order %(number)s is accepted: %(summary)s"),
    OrderEvent.CHANGE_REFUSED: _("The requested change of order %(number)s is refused. %(reason)s"),
    OrderEvent.CHANGE_WITHDRAWN: _("The requested change of order %(number)s is withdrawn."),
    OrderEvent.REPRICED: _("Order %(number)s has new prices: %(summary)s"),
    OrderEvent.APPROVED: _("Order %(number)s is approved."),
    OrderEvent.PUT_ON_HOLD: _("Order %(number)s is on hold: %(reason)s"),
    OrderEvent.REJECTED: _("Order %(number)s was rejected: %(reason)s"),
    OrderEvent.REMINDED_MANAGER: _("Order %(number)s is late or about to be: you are asked to act."),
    OrderEvent.REMINDED_WAREHOUSE: _("Order %(number)s is late or about to be: please pick and ship it."),
    OrderEvent.REMINDED_KEEPER: _("Order %(number)s is late or about to be: please confirm the receipt."),
    OrderEvent.PROMISE_CHANGED: _("Order %(number)s is promised for another day: %(day_after)s. %(reason)s"),
    OrderEvent.ESCALATED: _("Order %(number)s has been late for %(days)s days. Whoever answers for it reports to you."),
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
_BACK_ORDERS: Final[Mapping[str, tuple[Message, str]]] = {
    InventoryEvent.BACK_ORDER_FILLED: (
        _("Order %(number)s: %(pieces)s of %(product)s that were on back order are reserved for you."),
        NotificationLevel.INFO,
    ),
    InventoryEvent.RESERVATION_DISPLACED: (
        _("Order %(number)s: %(pieces)s of %(product)s are missing from our stock and are on back order now."),
        NotificationLevel.WARNING,
    ),
    InventoryEvent.BACK_ORDER_PROMISED: (
        _("Order %(number)s: the back order of %(product)s has a new date."),
        NotificationLevel.WARNING,
    ),
}
_SUMMED_UP: Final = ("number", "summary", "reason")
_PARAMS: Final = {
    OrderEvent.PROMISE_CHANGED.value: ("number", "day_after", "reason"),
    OrderEvent.ESCALATED.value: ("number", "days"),
    OrderEvent.OUTSIDE_TERRITORY.value: ("number", "address", "agreement"),
    **dict.fromkeys(
        (
            OrderEvent.LINES_CHANGED.value,
            OrderEvent.CHANGE_REQUESTED.value,
            OrderEvent.CHANGE_ABOVE_LIMIT.value,
            OrderEvent.CHANGE_CONFIRMED.value,
            OrderEvent.CHANGE_ACCEPTED.value,
            OrderEvent.REPRICED.value,
        ),
        _SUMMED_UP,
    ),
}
# What happens to an order without being a step of it.
_NO_STEPS: Final[Mapping[str, Mapping[str, str]]] = {
    OrderEvent.SOON_LATE: {Audience.MANAGER: NotificationLevel.WARNING},
    OrderEvent.LATE: {Audience.MANAGER: NotificationLevel.WARNING, Audience.BUYERS: NotificationLevel.WARNING},
    OrderEvent.RESERVATION_EXPIRED: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.OUTSIDE_TERRITORY: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.PROMISE_CHANGED: {Audience.BUYERS: NotificationLevel.WARNING},
    OrderEvent.ESCALATED: {Audience.NAMED: NotificationLevel.ACTION},
    OrderEvent.WAITS: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.ABOVE_LIMIT: {Audience.OWNERS: NotificationLevel.ACTION},
    OrderEvent.LINES_CHANGED: {Audience.BUYERS: NotificationLevel.WARNING},
    OrderEvent.CHANGE_REQUESTED: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.CHANGE_ABOVE_LIMIT: {Audience.OWNERS: NotificationLevel.ACTION},
    OrderEvent.CHANGE_CONFIRMED: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.CHANGE_ACCEPTED: {Audience.BUYERS: NotificationLevel.INFO},
    OrderEvent.CHANGE_REFUSED: {Audience.BUYERS: NotificationLevel.WARNING},
    OrderEvent.CHANGE_WITHDRAWN: {Audience.MANAGER: NotificationLevel.INFO},
    OrderEvent.REPRICED: {Audience.BUYERS: NotificationLevel.WARNING},
    OrderEvent.REMINDED_MANAGER: {Audience.MANAGER: NotificationLevel.ACTION},
    OrderEvent.REMINDED_WAREHOUSE: {Audience.WAREHOUSE: NotificationLevel.ACTION},
    OrderEvent.REMINDED_KEEPER: {Audience.KEEPERS: NotificationLevel.ACTION},
}


def audience_of(name: str, level: str) -> NotifiedAudience:
    """Those whom a step names, as notifications find them."""
    if name == Audience.MANAGER:
        return ToAccountable(level=NotificationLevel(level))
    if name == Audience.NAMED:
        return ToPeople(level=NotificationLevel(level), key="people")
    if name == Audience.WAREHOUSE:
        return ToBrand(level=NotificationLevel(level), roles=frozenset({Role.WAREHOUSE}))
    return ToDistributor(level=NotificationLevel(level), roles=_ROLES[name])


_NOTIFIES: Final[Mapping[str, Mapping[str, str]]] = {
    **{move.event: move.notifies for move in ORDER_STATES.transitions if move.notifies},
    **_NO_STEPS,
}
BACK_ORDER_KINDS: Final = tuple(
    NotificationKind(
        kind=kind,
        text=text,
        audiences=(audience_of(Audience.BUYERS, level),),
        params=("number", "product", "pieces"),
    )
    for kind, (text, level) in _BACK_ORDERS.items()
)
DROP_SHIPMENT_KIND: Final = NotificationKind(
    kind=OrderEvent.DROP_SHIPPED,
    text=_("Drop shipment %(number)s is on its way to you. Confirm the receipt when it has arrived."),
    audiences=(audience_of(Audience.KEEPERS, NotificationLevel.ACTION),),
    params=("number",),
)
NOTIFICATION_KINDS: Final = tuple(
    NotificationKind(
        kind=kind,
        text=_TEXTS[kind],
        audiences=tuple(audience_of(name, level) for name, level in notifies.items()),
        params=_PARAMS.get(kind, ("number", "reason")),
    )
    for kind, notifies in sorted(_NOTIFIES.items())
)
