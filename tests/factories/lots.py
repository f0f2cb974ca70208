"""Lots for tests, and the lots and serial numbers of shipments."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from inventory.models import Lot, LotBinding, LotMove, LotStock
from orders.models import ShipmentLot, ShipmentSerial
from tests.factories.inventory import ProductFactory, ReservationFactory, WarehouseFactory
from tests.factories.orders import ShipmentLineFactory


class LotFactory(DjangoModelFactory[Lot]):
    """A lot of a product that is stocked by lot; what lies of it comes with moves that name it."""

    class Meta:
        model = Lot

    product = factory.SubFactory(ProductFactory, tracks_lots=True)
    code = factory.Sequence(lambda number: f"L{number:05d}")


class LotMoveFactory(DjangoModelFactory[LotMove]):
    """Only the row: the stock of the product is the caller's business."""

    class Meta:
        model = LotMove

    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SelfAttribute("lot.product")
    lot = factory.SubFactory(LotFactory)
    quantity = 1
    at = factory.LazyFunction(timezone.now)


class LotStockFactory(DjangoModelFactory[LotStock]):
    """Only the row, with nothing on hand: what lies there comes with moves."""

    class Meta:
        model = LotStock

    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SelfAttribute("lot.product")
    lot = factory.SubFactory(LotFactory)


class LotBindingFactory(DjangoModelFactory[LotBinding]):
    """Only the row: what is bound of lot and reservation is the caller's business."""

    class Meta:
        model = LotBinding

    reservation = factory.SubFactory(ReservationFactory)
    lot = factory.SubFactory(LotFactory)
    pieces = 1


class ShipmentLotFactory(DjangoModelFactory[ShipmentLot]):
    class Meta:
        model = ShipmentLot

    shipment_line = factory.SubFactory(ShipmentLineFactory)
    lot = factory.SubFactory(LotFactory)
    pieces = 1


class ShipmentSerialFactory(DjangoModelFactory[ShipmentSerial]):
    class Meta:
        model = ShipmentSerial

    shipment_line = factory.SubFactory(ShipmentLineFactory)
    product = factory.SelfAttribute("shipment_line.order_line.product")
    serial = factory.Sequence(lambda number: f"SN-{number:06d}")
