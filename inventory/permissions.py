"""Who may do what with stock. Whether they see it at all is `visible_to`'s business."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES, Role
from core.actors import Actor
from core.permissions import declare, has_permission, is_active_user
from core.state import StateTable, Transition
from inventory.enums import BlockStatus, InventoryEvent, LotStatus

MOVE_STOCK = declare(
    "inventory.move_stock", _("Receive goods and adjust stock"), roles=[Role.ADMINISTRATOR, Role.WAREHOUSE]
)
SEE_STOCK = declare("inventory.see_stock", _("View exact stock quantities"), roles=BRAND_ROLES)
SEE_DISTRIBUTOR_STOCK = declare(
    "inventory.see_distributor_stock", _("View one's own company's stock"), roles=DISTRIBUTOR_ROLES
)
SET_SUPPLY_ROUTES = declare(
    "inventory.set_supply_routes",
    _("Say which warehouse supplies a distributor"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
)


BLOCK_STOCK = declare("inventory.block_stock", _("Block and unblock stock"), roles=[Role.ADMINISTRATOR, Role.WAREHOUSE])


def can_block_stock(actor: Actor, _row: object = None) -> bool:
    """Take pieces out of what can be promised, and give them back."""
    return BLOCK_STOCK.granted_to(actor)


def can_set_supply_routes(actor: Actor) -> bool:
    return SET_SUPPLY_ROUTES.granted_to(actor)


def can_move_stock(actor: Actor, _row: object = None) -> bool:
    """Receive goods, move them between warehouses, and correct what was counted."""
    return MOVE_STOCK.granted_to(actor)


def can_see_stock(actor: Actor) -> bool:
    """Exact quantities; a distributor sees a traffic light."""
    return SEE_STOCK.granted_to(actor)


def can_see_distributor_stock(actor: Actor) -> bool:
    """The distributor's own people: what lies in their warehouse and in those below them."""
    return SEE_DISTRIBUTOR_STOCK.granted_to(actor)


def has_product_list(actor: Actor) -> bool:
    """Everybody but those who order: theirs is the catalogue of the order entry, with prices."""
    return is_active_user(actor) and not has_permission(actor, "orders.place")


_STOPPED = frozenset({LotStatus.FROZEN, LotStatus.RECALLED})
LOT_STATES = StateTable(
    field="status",
    states=LotStatus,
    transitions=[
        Transition(
            action="freeze",
            event=InventoryEvent.LOT_FROZEN,
            sources=frozenset({LotStatus.FREE}),
            target=LotStatus.FROZEN,
            label=pgettext_lazy("lot", "Freeze"),
            permission=can_block_stock,
            dangerous=True,
        ),
        Transition(
            action="recall",
            event=InventoryEvent.LOT_RECALLED,
            sources=frozenset({LotStatus.FREE, LotStatus.FROZEN}),
            target=LotStatus.RECALLED,
            label=pgettext_lazy("lot", "Recall"),
            permission=can_block_stock,
            dangerous=True,
        ),
        Transition(
            action="release",
            event=InventoryEvent.LOT_RELEASED,
            sources=_STOPPED,
            target=LotStatus.FREE,
            label=pgettext_lazy("lot", "Release"),
            permission=can_block_stock,
        ),
    ],
)

_BLOCKED = frozenset({BlockStatus.BLOCKED})
BLOCK_STATES = StateTable(
    field="status",
    states=BlockStatus,
    transitions=[
        Transition(
            action="release",
            event=InventoryEvent.STOCK_UNBLOCKED,
            sources=_BLOCKED,
            target=BlockStatus.CLOSED,
            label=pgettext_lazy("stock", "Unblock"),
            permission=can_block_stock,
        ),
        Transition(
            action="release_some",
            event=InventoryEvent.STOCK_UNBLOCKED,
            sources=_BLOCKED,
            target=BlockStatus.BLOCKED,
            label=pgettext_lazy("stock", "Unblock"),
        ),
        Transition(
            action="change",
            event=InventoryEvent.BLOCK_CHANGED,
            sources=_BLOCKED,
            target=BlockStatus.BLOCKED,
            label=_("Change"),
            permission=can_block_stock,
        ),
    ],
)
