"""Whom lots notify: the warehouse of what is to be picked anew, and whoever was sent a lot that is recalled."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from inventory.enums import InventoryEvent
from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind, ToAccountable, ToBrand, ToDistributor

LOT_KINDS: Final = (
    NotificationKind(
        kind=InventoryEvent.LOTS_LOST,
        text=_("Lot %(lot)s of %(product)s was frozen: %(pieces)s pieces of this order are to be picked anew."),
        audiences=(ToBrand(level=NotificationLevel.ACTION, roles=frozenset({Role.WAREHOUSE})),),
        params=("lot", "product", "pieces"),
    ),
    NotificationKind(
        kind=InventoryEvent.RECALL_TOLD,
        text=_("Recall of lot %(lot)s of %(product)s: you were sent %(pieces)s pieces. Do not sell them. %(reason)s"),
        audiences=(
            ToDistributor(level=NotificationLevel.ACTION, roles=frozenset({Role.OWNER, Role.BUYER, Role.KEEPER})),
            ToAccountable(level=NotificationLevel.WARNING),
        ),
        params=("lot", "product", "pieces", "reason"),
        mailed_by_default=True,
    ),
)
