"""What is sent together."""

from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.models import WaybillShipment


def sent_together(shipment_id: int) -> list[int]:
    """The ids of all shipments of its waybill; of one without, its own. One query."""
    waybill = WaybillShipment.objects.filter(shipment=shipment_id).values("waybill")
    carried = WaybillShipment.objects.filter(waybill__in=waybill).values_list("shipment_id", flat=True)
    return list(carried) or [shipment_id]


def shipments_sent_together(shipment: Shipment) -> list[Shipment]:
    """Likewise the shipments, in the order of their numbers. Two queries."""
    return list(Shipment.objects.filter(pk__in=sent_together(shipment.pk)).order_by("number"))
