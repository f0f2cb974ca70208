"""Who may do what with an order. Whether they see it at all is `visible_to`'s business."""

from decimal import Decimal
from typing import Any, Protocol

from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from orders.ordering.enums import OPEN_STATUSES, Lateness, OrderStatus

PLACE = declare(
    "orders.place",
    _("Order for one's own company and those below it"),
    roles=[Role.OWNER, Role.BUYER],
    has_limit=True,
)
DECIDE = declare(
    "orders.decide",
    _("Approve, hold, release and cancel orders"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
    has_limit=True,
)
FULFIL = declare("orders.fulfil", _("Pick and ship orders"), roles=[Role.ADMINISTRATOR, Role.WAREHOUSE])
DELIVER = declare(
    "orders.deliver",
    _("Record a delivery that the carrier does not report"),
    roles=[Role.ADMINISTRATOR, Role.WAREHOUSE, Role.MANAGER],
)
RECEIVE = declare("orders.receive", _("Confirm the receipt of goods"), roles=[Role.OWNER, Role.KEEPER])
SEE_SHIPPED_VALUE = declare(
    "orders.see_shipped_value",
    _("See the value of what was shipped, by distributor"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.FINANCE, Role.OWNER, Role.ACCOUNTANT],
)

_BUYER_MAY_CANCEL = frozenset({OrderStatus.DRAFT, OrderStatus.SUBMITTED})
_UNKNOWN = Decimal("Infinity")


class OrderLike(Protocol):
    """An order as far as a permission must know it."""

    status: Any
    distributor_id: Any
    net_amount: Any
    exchange_rate: Any


class MayBeOnHold(OrderLike, Protocol):
    is_on_hold: Any


def can_order(actor: Actor, distributor: object | None = None) -> bool:  # noqa: ARG001 - scope has been asked
    """Owners and buyers, for their own company and those below it."""
    return PLACE.granted_to(actor)


def order_limit(actor: Actor) -> Decimal | None:
    """Up to which amount of the company's currency the person may order by themselves; None without a limit."""
    grant = actor.grants.get(PLACE.codename)
    return grant.amount_limit if grant else None


def can_submit(actor: Actor, order: object | None = None) -> bool:  # noqa: ARG001 - likewise
    return can_order(actor)


def can_copy(actor: Actor, order: object | None = None) -> bool:  # noqa: ARG001 - likewise
    return can_order(actor)


def can_decide(actor: Actor, order: OrderLike | None = None) -> bool:
    """Approve, hold, release, and give up what cannot be shipped: whoever acts for the distributor, and those above.

    Up to the limit of a grant, where there is one. An order whose rate is not known is beyond every limit.
    """
    if order is None:
        return DECIDE.granted_to(actor)
    amount = _UNKNOWN if order.exchange_rate is None else order.net_amount * order.exchange_rate
    return DECIDE.granted_to(actor, amount=amount) and actor.works_for(order.distributor_id)


def within_limit(actor: Actor) -> Q:
    """Of those orders that somebody who may decide sees, those that a grant's limit leaves: `can_decide` for lists."""
    grant = actor.grants.get(DECIDE.codename)
    if grant is None or grant.amount_limit is None:
        return Q()
    return Q(LessThanOrEqual(F("net_amount") * F("exchange_rate"), grant.amount_limit))


def can_handle(actor: Actor, order: object | None = None) -> bool:  # noqa: ARG001 - likewise
    """Pick and ship: the warehouse."""
    return FULFIL.granted_to(actor)


def can_hold(actor: Actor, order: MayBeOnHold) -> bool:
    """Deciders, while it is not on hold: a second hold of another kind comes by itself."""
    return can_decide(actor, order) and not order.is_on_hold


def can_release(actor: Actor, order: MayBeOnHold) -> bool:
    return can_decide(actor, order) and order.is_on_hold


def can_pick(actor: Actor, order: MayBeOnHold) -> bool:
    return can_handle(actor, order) and not order.is_on_hold


def can_ship(actor: Actor, order: MayBeOnHold) -> bool:
    """The warehouse. What was released to it already goes on, whatever is decided afterwards."""
    return can_handle(actor, order) and not (order.is_on_hold and order.status == OrderStatus.APPROVED)


def can_mark_delivered(actor: Actor, order: object | None = None) -> bool:  # noqa: ARG001 - likewise
    """The warehouse and whoever acts for the distributor, where the carrier does not say it by itself."""
    return DELIVER.granted_to(actor)


def can_receive(actor: Actor, order: object | None = None) -> bool:
    """The distributor's owner and its warehouse keeper, of their own company: what comes to others is theirs to count."""
    company = getattr(order, "distributor_id", actor.distributor_id)
    return RECEIVE.granted_to(actor) and company == actor.distributor_id


def can_cancel(actor: Actor, order: OrderLike | None = None) -> bool:
    """Deciders always; buyers what is not approved yet. Goods in transit cannot be cancelled: see ORDER_STATES."""
    if can_decide(actor, order):
        return True
    return can_order(actor) and (order is None or order.status in _BUYER_MAY_CANCEL)


def is_late(order: Any) -> bool:
    """Late, and somebody has to act on it still."""
    return order.lateness == Lateness.LATE and order.status in OPEN_STATUSES | {OrderStatus.DELIVERED}


def can_remind(actor: Actor, order: OrderLike | None = None) -> bool:
    """Whoever orders, and whoever acts for the distributor."""
    return can_order(actor) or can_decide(actor, order)


def can_track(actor: Actor, shipment: object | None = None) -> bool:  # noqa: ARG001 - scope has been asked
    """Note by hand what a carrier reported: the warehouse."""
    return can_handle(actor)


def can_see_shipped_value(actor: Actor) -> bool:
    """Those who invoice and those who pay."""
    return SEE_SHIPPED_VALUE.granted_to(actor)
