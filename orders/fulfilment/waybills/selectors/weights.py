"""What shipments weigh: their parcels where they are packed, else their goods as these are packed by the catalogue."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Sum

from catalogue.rules.loads import load_of
from catalogue.selectors import packaging_of
from orders.fulfilment.models import ShipmentLine
from orders.fulfilment.waybills.models import Parcel

GRAM = Decimal("0.001")


def parcel_weights(shipment_ids: Collection[int]) -> dict[int, Decimal]:
    """The kilograms of those that are packed. One query."""
    rows = Parcel.objects.filter(shipment__in=shipment_ids).values_list("shipment").annotate(total=Sum("weight"))
    return dict(rows.order_by())


def goods_weights(shipment_ids: Collection[int]) -> dict[int, Decimal]:
    """The kilograms of the goods of each, without those of which not all products have a weight. Two queries."""
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = ShipmentLine.objects.filter(shipment__in=shipment_ids)
    for shipment_id, product_id, pieces in rows.values_list("shipment", "order_line__product", "quantity"):
        lines[shipment_id].append((product_id, pieces))
    packaging = packaging_of({product for shipped in lines.values() for product, _pieces in shipped})
    loads = {shipment_id: load_of(shipped, packaging) for shipment_id, shipped in lines.items()}
    return {
        shipment_id: load.weight.quantize(GRAM)
        for shipment_id, load in loads.items()
        if load.has_weight and not load.lines_without_weight
    }


def shipment_weights(shipment_ids: Collection[int]) -> dict[int, Decimal]:
    """The kilograms of each shipment as far as somebody knows. Three queries."""
    return goods_weights(shipment_ids) | parcel_weights(shipment_ids)


def shipment_pieces(shipment_ids: Collection[int]) -> dict[int, int]:
    """How many pieces each holds. One query."""
    rows = (
        ShipmentLine.objects.filter(shipment__in=shipment_ids).values_list("shipment").annotate(total=Sum("quantity"))
    )
    return dict(rows.order_by())
