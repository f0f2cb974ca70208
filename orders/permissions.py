"""Who may do what with an order. Whether they see it at all is `visible_to`'s business."""

from typing import Any, Protocol

from accounts.enums import Role
from core.actors import Actor
from orders.ordering.enums import OrderStatus


class HasStatus(Protocol):
    """An order as far as a rule must know it."""

    status: Any


_BUYERS = frozenset({Role.OWNER, Role.BUYER})
_DECIDERS = frozenset({Role.MANAGER, Role.DIRECTOR, Role.ADMINISTRATOR})
_HANDLERS = frozenset({Role.WAREHOUSE, Role.ADMINISTRATOR})
_RECEIVERS = frozenset({Role.OWNER, Role.KEEPER})
_BUYER_MAY_CANCEL = frozenset({OrderStatus.DRAFT, OrderStatus.SUBMITTED, OrderStatus.ON_HOLD})


def can_order(user: Actor, distributor: object | None = None) -> bool:  # noqa: ARG001 - scope has been asked
    """Owners and buyers, for their own company and those below it."""
    return user.is_active and user.role in _BUYERS


def can_submit(user: Actor, order: HasStatus | None = None) -> bool:  # noqa: ARG001 - likewise
    return can_order(user)


def can_copy(user: Actor, order: HasStatus | None = None) -> bool:  # noqa: ARG001 - likewise
    return can_order(user)


def can_decide(user: Actor, order: HasStatus | None = None) -> bool:  # noqa: ARG001 - likewise
    """Approve, hold, release, and give up what cannot be shipped: whoever answers for the distributor, and those above."""
    return user.is_active and user.role in _DECIDERS


def can_handle(user: Actor, order: HasStatus | None = None) -> bool:  # noqa: ARG001 - likewise
    """Pick and ship: the warehouse."""
    return user.is_active and user.role in _HANDLERS


def can_mark_delivered(user: Actor, order: HasStatus | None = None) -> bool:  # noqa: ARG001 - likewise
    """The warehouse and whoever answers for the distributor, where the carrier does not say it by itself."""
    return user.is_active and user.role in _HANDLERS | {Role.MANAGER}


def can_receive(user: Actor, order: HasStatus | None = None) -> bool:  # noqa: ARG001 - likewise
    """The distributor's owner and its warehouse keeper."""
    return user.is_active and user.role in _RECEIVERS


def can_cancel(user: Actor, order: HasStatus | None = None) -> bool:
    """Deciders always; buyers what is not approved yet. Goods on their way are nobody's to cancel: see ORDER_STATES."""
    if not user.is_active:
        return False
    if user.role in _BUYERS:
        return order is None or order.status in _BUYER_MAY_CANCEL
    return user.role in _DECIDERS


def can_track(user: Actor, shipment: HasStatus | None = None) -> bool:  # noqa: ARG001 - scope has been asked
    """Note by hand what a carrier said: the warehouse."""
    return can_handle(user)
