"""Who packs, who puts shipments on one waybill, and who sees and records what carriage costs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from orders.fulfilment.waybills.enums import FreightPayer
from orders.permissions import can_handle, can_mark_delivered, sells

RECORD_FREIGHT = declare(
    "orders.record_freight",
    _("Record what carriage costs"),
    roles=[Role.ADMINISTRATOR, Role.WAREHOUSE, Role.FINANCE],
)
SEE_FREIGHT = declare(
    "orders.see_freight",
    _("See what carriage costs, as a distributor only where it bears the cost"),
    roles=[
        Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.WAREHOUSE, Role.FINANCE, Role.OWNER, Role.BUYER,
        Role.ACCOUNTANT,
    ],
)  # fmt: skip


def is_of_seller(actor: Actor, waybill: Any) -> bool:
    """Whether the person works for whoever sends the goods: the brand, or the distributor that sells."""
    return bool(actor.distributor_id == waybill.seller_distributor_id)


def can_record_freight(actor: Actor, waybill: Any = None) -> bool:
    """The seller's people: of the brand those who may, of a distributor those who ship what it sells."""
    if waybill is not None and not is_of_seller(actor, waybill):
        return False
    return sells(actor) if actor.distributor_id is not None else RECORD_FREIGHT.granted_to(actor)


def can_see_freight(actor: Actor, waybill: Any) -> bool:
    """The seller's people who may; the distributor's where it bears the cost, and then never another's."""
    if not SEE_FREIGHT.granted_to(actor):
        return False
    if is_of_seller(actor, waybill):
        return True
    return bool(waybill.borne_by == FreightPayer.BUYER and actor.distributor_id == waybill.distributor_id)


def can_report_freight(actor: Actor) -> bool:
    """The report of freight is the brand's."""
    return actor.distributor_id is None and SEE_FREIGHT.granted_to(actor)


def can_make_waybill(actor: Actor, order: Any = None) -> bool:
    """Whoever picks and ships."""
    return can_handle(actor, order) or (order is None and sells(actor))


def can_dissolve(actor: Actor, waybill: Any) -> bool:
    return is_of_seller(actor, waybill) and can_make_waybill(actor)


def can_deliver_waybill(actor: Actor, waybill: Any) -> bool:
    return can_mark_delivered(actor, waybill)
