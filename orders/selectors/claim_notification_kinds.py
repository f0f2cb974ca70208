"""Whom delivery claims and receipts by themselves notify, and in which words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind, ToAccountable, ToDistributor
from orders.fulfilment.claims.enums import ClaimEvent
from orders.ordering.enums import OrderEvent

_RECEIVERS: Final = frozenset({Role.OWNER, Role.KEEPER})
_SELLER: Final = ToAccountable(level=NotificationLevel.ACTION)

CLAIM_KINDS: Final = (
    NotificationKind(
        kind=ClaimEvent.OPENED,
        text=_("Delivery claim %(number)s: goods of order %(order)s differ. Please decide."),
        audiences=(_SELLER,),
        params=("number", "order"),
    ),
    NotificationKind(
        kind=ClaimEvent.DECIDED,
        text=_("Delivery claim %(number)s of order %(order)s was decided. %(reason)s"),
        audiences=(ToDistributor(level=NotificationLevel.INFO, roles=_RECEIVERS),),
        params=("number", "order", "reason"),
    ),
    NotificationKind(
        kind=ClaimEvent.RESHIPMENT_CALLED_OFF,
        text=_("Delivery claim %(number)s is to be decided again: re-shipment %(reship_order)s was cancelled."),
        audiences=(_SELLER, ToDistributor(level=NotificationLevel.WARNING, roles=_RECEIVERS)),
        params=("number", "reship_order"),
    ),
    NotificationKind(
        kind=OrderEvent.RECEIVED_BY_ITSELF,
        text=_("Shipment %(shipment)s of order %(number)s was received by itself: nobody had counted it."),
        audiences=(ToDistributor(level=NotificationLevel.WARNING, roles=_RECEIVERS),),
        params=("number", "shipment"),
    ),
)
