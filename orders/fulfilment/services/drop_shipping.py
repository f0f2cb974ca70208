"""The consignee of a drop shipment is told of the goods, never of their order."""

from core.events import EventInput
from orders.fulfilment.enums import DROP_SHIPMENT
from orders.fulfilment.models import Shipment
from orders.ordering.enums import OrderEvent


def drop_shipped_event(shipment: Shipment) -> EventInput:
    """That goods are on their way to a sub-distributor. Before: its order goes to one."""
    return EventInput(
        kind=OrderEvent.DROP_SHIPPED,
        subject_type=DROP_SHIPMENT,
        subject_id=shipment.pk,
        distributor_id=shipment.order.consignee_distributor_id,
        data={"number": shipment.number},
    )
