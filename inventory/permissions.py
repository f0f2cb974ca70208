"""Who may do what with stock. Whether they see it at all is `visible_to`'s business."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES, Role
from core.actors import Actor
from core.permissions import declare, has_permission, is_active_user

MOVE_STOCK = declare(
    "inventory.move_stock", _("Receive goods and adjust stock"), roles=[Role.ADMINISTRATOR, Role.WAREHOUSE]
)
SEE_STOCK = declare("inventory.see_stock", _("View exact stock quantities"), roles=BRAND_ROLES)
SEE_DISTRIBUTOR_STOCK = declare(
    "inventory.see_distributor_stock", _("View one's own company's stock"), roles=DISTRIBUTOR_ROLES
)
REPORT_STOCK = declare("inventory.report_stock", _("Report one's own company's stock"), roles=[Role.OWNER, Role.KEEPER])
SET_SUPPLY_ROUTES = declare(
    "inventory.set_supply_routes",
    _("Say which warehouse supplies a distributor"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
)


def can_set_supply_routes(actor: Actor) -> bool:
    return SET_SUPPLY_ROUTES.granted_to(actor)


def can_move_stock(actor: Actor) -> bool:
    """Receive goods and correct what was counted."""
    return MOVE_STOCK.granted_to(actor)


def can_see_stock(actor: Actor) -> bool:
    """Exact quantities; a distributor sees a traffic light."""
    return SEE_STOCK.granted_to(actor)


def can_see_distributor_stock(actor: Actor) -> bool:
    """The distributor's own people: what lies in their warehouse and in those below them."""
    return SEE_DISTRIBUTOR_STOCK.granted_to(actor)


def can_report_stock(actor: Actor, distributor: Any = None) -> bool:
    """Say what lies in the own warehouse: the distributor's owner and its keeper, not those above in the sub-network."""
    mine = distributor is None or distributor.pk == actor.distributor_id
    return bool(mine and REPORT_STOCK.granted_to(actor))


def has_product_list(actor: Actor) -> bool:
    """Everybody but those who order: theirs is the catalogue of the order entry, with prices."""
    return is_active_user(actor) and not has_permission(actor, "orders.place")
