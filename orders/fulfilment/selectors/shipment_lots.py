from orders.fulfilment.models import ShipmentLot


def lots_of_shipment(shipment_id: int) -> list[ShipmentLot]:
    """Of which lots the pieces of a shipment are. The caller has checked that it may be seen. One query."""
    rows = ShipmentLot.objects.filter(shipment_line__shipment=shipment_id)
    return list(rows.select_related("lot__product").order_by("pk"))
