from accounts.querysets import BrandOnlyQuerySet
from orders.ordering.querysets import ByOrderQuerySet

CarrierQuerySet = BrandOnlyQuerySet


class ByShipmentQuerySet(ByOrderQuerySet):
    path = "shipment__order"


class ByShipmentLineQuerySet(ByOrderQuerySet):
    path = "shipment_line__shipment__order"
