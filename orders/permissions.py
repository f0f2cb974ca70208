"""Who may do what with an order. Whether they see it at all is `visible_to`'s business."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from orders.ordering.enums import OPEN_STATUSES, HoldKind, Lateness, OrderStatus

PLACE = declare(
    "orders.place",
    _("Order for one's own company and those below it"),
    roles=[Role.OWNER, Role.BUYER],
    has_limit=True,
)
PLACE_FOR = declare(
    "orders.place_for",
    _("Order on behalf of the distributors for which one acts"),
    roles=[Role.DIRECTOR, Role.MANAGER],
    has_limit=True,
)
DECIDE = declare(
    "orders.decide",
    _("Approve, hold, release and cancel orders"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
    has_limit=True,
)
RELEASE_CREDIT = declare(
    "orders.release_credit",
    _("Release orders over the credit limit"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.FINANCE],
    has_limit=True,
)
FULFIL = declare("orders.fulfil", _("Pick and ship orders"), roles=[Role.ADMINISTRATOR, Role.WAREHOUSE])
SELL = declare(
    "orders.sell",
    _("Approve and ship what one's own company sells to those below it"),
    roles=[Role.OWNER],
)
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

SEE_PRICES = declare(
    "orders.see_prices",
    _("See prices and amounts of orders, claims and returns"),
    roles=[role for role in Role if role not in {Role.WAREHOUSE, Role.KEEPER}],
)

CHANGE_TYPES = declare(
    "orders.change_types",
    _("Change the order types"),
    roles=[Role.ADMINISTRATOR],
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

    @property
    def holds(self) -> Any: ...


def can_order(actor: Actor, distributor_id: int | None = None) -> bool:
    """Owners and buyers, for their own company and those below it; on behalf of a distributor whoever acts for it.

    Of a distributor the scope has been asked. Without one: whether the person may order at all.
    """
    return PLACE.granted_to(actor) or can_order_for(actor, distributor_id)


def can_order_for(actor: Actor, distributor_id: int | None = None) -> bool:
    """On behalf of a distributor: the brand's people who act for it today."""
    if actor.distributor_id is not None or not PLACE_FOR.granted_to(actor):
        return False
    return distributor_id is None or actor.works_for(distributor_id)


def can_order_itself(actor: Actor) -> bool:
    """For one's own company: it is the start of a page that names no distributor."""
    return actor.distributor_id is not None and PLACE.granted_to(actor)


def order_limit(actor: Actor) -> Decimal | None:
    """Up to which amount of the company's currency the person may order by themselves; None without a limit."""
    grant = actor.grants.get((PLACE if PLACE.granted_to(actor) else PLACE_FOR).codename)
    return grant.amount_limit if grant else None


def can_change_order_types(actor: Actor) -> bool:
    return CHANGE_TYPES.granted_to(actor)


def can_use_type(actor: Actor, roles: Collection[str]) -> bool:
    """Whether an order type for these roles is one for this person."""
    return actor.role in roles


def can_submit(actor: Actor, order: OrderLike | None = None) -> bool:
    return can_order(actor, order.distributor_id if order else None)


def can_change(actor: Actor, order: OrderLike | None = None) -> bool:
    """Whoever may order changes what is not approved yet: see ORDER_STATES."""
    return can_submit(actor, order)


def can_request_change(actor: Actor, order: OrderLike | None = None) -> bool:
    return can_submit(actor, order)


def can_confirm(actor: Actor, order: MayBeOnHold) -> bool:
    """An order above the limit of its buyer: whoever may place one of its amount."""
    return PLACE.granted_to(actor, amount=_amount_company(order)) and HoldKind.LIMIT in _open_kinds(order)


def _open_kinds(order: MayBeOnHold) -> set[str]:
    """What an order is on hold for. Reads nothing where it is not."""
    return {hold.kind for hold in order.holds.all() if hold.lifted_at is None} if order.is_on_hold else set()


def _amount_company(order: OrderLike) -> Decimal:
    """In the company's currency; beyond every limit where the rate is not known."""
    return _UNKNOWN if order.exchange_rate is None else order.net_amount * order.exchange_rate


def can_copy(actor: Actor, order: OrderLike | None = None) -> bool:
    return can_order(actor, order.distributor_id if order else None)


def _is_sold_by_distributor(order: object) -> bool:
    return getattr(order, "seller_distributor_id", None) is not None


def sells(actor: Actor) -> bool:
    """Whether the person approves and ships what its own company sells, be it anything or not."""
    return actor.distributor_id is not None and SELL.granted_to(actor)


def _sells(actor: Actor, order: object) -> bool:
    """An order belongs to its seller: what a distributor sells its own people approve and ship."""
    return sells(actor) and actor.distributor_id == getattr(order, "seller_distributor_id", None)


def can_decide(actor: Actor, order: OrderLike | None = None) -> bool:
    """Approve, hold, release, and give up what cannot be shipped: whoever acts for the distributor, and those above.

    Up to the limit of a grant, where there is one. An order whose rate is not known is beyond every limit.
    """
    if order is None:
        return DECIDE.granted_to(actor)
    if _is_sold_by_distributor(order):
        return _sells(actor, order)
    return DECIDE.granted_to(actor, amount=_amount_company(order)) and actor.works_for(order.distributor_id)


def within_limit(actor: Actor) -> Q:
    """Of those orders that somebody who may decide sees, those that a grant's limit leaves: `can_decide` for lists."""
    grant = actor.grants.get(DECIDE.codename)
    if grant is None or grant.amount_limit is None:
        return Q()
    return Q(LessThanOrEqual(F("net_amount") * F("exchange_rate"), grant.amount_limit))


def decides_somewhere(actor: Actor) -> bool:
    """Whether there can be orders that the person decides about: of the brand owner, or of the own company as a seller."""
    return can_decide(actor) or sells(actor)


def can_handle(actor: Actor, order: object | None = None) -> bool:
    """Pick and ship: the warehouse, or the people of the distributor that sells."""
    if order is not None and _is_sold_by_distributor(order):
        return _sells(actor, order)
    return FULFIL.granted_to(actor)


def can_hold(actor: Actor, order: MayBeOnHold) -> bool:
    """Deciders, while it is not on hold: a second hold of another kind comes by itself."""
    return can_decide(actor, order) and not order.is_on_hold


def can_release(actor: Actor, order: MayBeOnHold) -> bool:
    """What the seller lifts; an order above the limit of its buyer the distributor confirms."""
    return can_decide(actor, order) and bool(_open_kinds(order) - {HoldKind.LIMIT, HoldKind.CREDIT})


def can_release_some_credit(actor: Actor, _order: object = None) -> bool:
    return RELEASE_CREDIT.granted_to(actor)


def can_release_credit(actor: Actor, order: MayBeOnHold) -> bool:
    """An order that is over the credit limit: up to which amount, the service asks."""
    return RELEASE_CREDIT.granted_to(actor) and HoldKind.CREDIT in _open_kinds(order)


def may_release_amount(actor: Actor, order: OrderLike, amount: Decimal) -> bool:
    """Whether a grant's limit allows so much of the order's currency; beyond every limit where the rate is not known."""
    in_company = _UNKNOWN if order.exchange_rate is None else amount * order.exchange_rate
    return RELEASE_CREDIT.granted_to(actor, amount=in_company)


def can_pick(actor: Actor, order: MayBeOnHold) -> bool:
    return can_handle(actor, order) and not order.is_on_hold


def can_ship(actor: Actor, order: MayBeOnHold) -> bool:
    """The warehouse. What was released to it already goes on, whatever is decided afterwards."""
    return can_handle(actor, order) and not (order.is_on_hold and order.status == OrderStatus.APPROVED)


def can_mark_delivered(actor: Actor, _order: object | None = None) -> bool:
    """The warehouse and whoever acts for the distributor, where the carrier does not say it by itself."""
    return DELIVER.granted_to(actor)


def can_receive(actor: Actor, order: object | None = None) -> bool:
    """The distributor's owner and its warehouse keeper, of their own company: what comes to others is theirs to count.

    A drop shipment the sub-distributor that gets it, or the distributor that ordered it.
    """
    company = getattr(order, "distributor_id", actor.distributor_id)
    return RECEIVE.granted_to(actor) and (company == actor.distributor_id or is_consignee(actor, order))


def is_consignee(actor: Actor, order: object) -> bool:
    """Whether goods of the order go to the person's own company, which did not order them."""
    consignee = getattr(order, "consignee_distributor_id", None)
    return consignee is not None and consignee == actor.distributor_id


def can_cancel(actor: Actor, order: OrderLike | None = None) -> bool:
    """Deciders always; buyers what is not approved yet. Goods in transit cannot be cancelled: see ORDER_STATES."""
    if can_decide(actor, order):
        return True
    return can_submit(actor, order) and (order is None or order.status in _BUYER_MAY_CANCEL)


def is_late(order: Any) -> bool:
    """Late, and somebody has to act on it still."""
    return order.lateness == Lateness.LATE and order.status in OPEN_STATUSES | {OrderStatus.DELIVERED}


def is_at_risk(order: Any) -> bool:
    """Late or about to be, and somebody has to act on it still."""
    return order.lateness != Lateness.ON_TIME and order.status in OPEN_STATUSES | {OrderStatus.DELIVERED}


def can_remind(actor: Actor, order: OrderLike | None = None) -> bool:
    """Whoever orders, and whoever acts for the distributor."""
    return can_submit(actor, order) or can_decide(actor, order)


def can_track(actor: Actor, _shipment: object | None = None) -> bool:
    """Note by hand what a carrier reported: the warehouse."""
    return can_handle(actor)


def can_see_prices(actor: Actor) -> bool:
    """What orders, claims and returns amount to: not for those who carry the goods. See `orders.amounts`."""
    return SEE_PRICES.granted_to(actor)


def can_see_shipped_value(actor: Actor) -> bool:
    """Those who invoice and those who pay."""
    return SEE_SHIPPED_VALUE.granted_to(actor)
