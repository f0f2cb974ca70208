"""The steps of a shipment, and who may take them."""

from django.utils.translation import gettext_lazy as _

from core.state import StateTable, Transition
from orders.fulfilment.enums import ShipmentStatus
from orders.permissions import can_mark_delivered, can_receive

SHIPMENT_STATES = StateTable(
    field="status",
    states=ShipmentStatus,
    transitions=[
        Transition(
            action="deliver",
            sources=frozenset({ShipmentStatus.SHIPPED}),
            target=ShipmentStatus.DELIVERED,
            label=_("Mark delivered"),
            permission=can_mark_delivered,
        ),
        Transition(
            action="receive",
            sources=frozenset({ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED}),
            target=ShipmentStatus.RECEIVED,
            label=_("Confirm receipt"),
            permission=can_receive,
        ),
    ],
)
