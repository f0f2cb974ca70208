"""Catalogue and stock for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from catalogue.enums import CodeKind, ProductStatus
from catalogue.models import Brand, BuyingRight, Category, Product, ProductCode
from inventory.enums import MoveKind
from inventory.models import Reservation, Stock, StockMove, SupplyRoute, Warehouse

DISTRIBUTOR = "tests.factories.accounts.DistributorFactory"


class BrandFactory(DjangoModelFactory[Brand]):
    class Meta:
        model = Brand

    code = factory.Sequence(lambda number: f"BRAND-{number:04d}")
    name = factory.Sequence(lambda number: f"Brand {number}")
    name_zh = factory.Sequence(lambda number: f"品牌{number}")


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    code = factory.Sequence(lambda number: f"CAT-{number:04d}")
    name = factory.Sequence(lambda number: f"Category {number}")
    name_zh = factory.Sequence(lambda number: f"品类{number}")


class ProductFactory(DjangoModelFactory[Product]):
    class Meta:
        model = Product

    code = factory.Sequence(lambda number: f"P-{number:05d}")
    name = factory.Sequence(lambda number: f"Product {number}")
    name_zh = factory.Sequence(lambda number: f"产品{number}")
    brand = factory.SubFactory(BrandFactory)
    category = factory.SubFactory(CategoryFactory)
    status = ProductStatus.ACTIVE
    unit_cost = Decimal("6.0000")


class ProductCodeFactory(DjangoModelFactory[ProductCode]):
    """A unit's barcode; pass `kind=OWN, distributor=...` for a distributor's own code."""

    class Meta:
        model = ProductCode

    product = factory.SubFactory(ProductFactory)
    kind = CodeKind.UNIT_BARCODE
    code = factory.Sequence(lambda number: f"4000{number:09d}")


class BuyingRightFactory(DjangoModelFactory[BuyingRight]):
    """A right to a whole brand; pass `brand=None, product=...` for one product."""

    class Meta:
        model = BuyingRight

    distributor = factory.SubFactory(DISTRIBUTOR)
    brand = factory.SubFactory(BrandFactory)
    starts_on = date(2020, 1, 1)


class WarehouseFactory(DjangoModelFactory[Warehouse]):
    class Meta:
        model = Warehouse

    code = factory.Sequence(lambda number: f"WH-{number:03d}")
    name = factory.Sequence(lambda number: f"Warehouse {number}")
    name_zh = factory.Sequence(lambda number: f"仓库{number}")


class DistributorWarehouseFactory(WarehouseFactory):
    """The warehouse of a distributor."""

    distributor = factory.SubFactory(DISTRIBUTOR)


class SupplyRouteFactory(DjangoModelFactory[SupplyRoute]):
    class Meta:
        model = SupplyRoute

    distributor = factory.SubFactory(DISTRIBUTOR)
    warehouse = factory.SubFactory(WarehouseFactory)
    lead_days = 7


class StockMoveFactory(DjangoModelFactory[StockMove]):
    class Meta:
        model = StockMove

    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SubFactory(ProductFactory)
    kind = MoveKind.OPENING
    quantity = 100
    reference = factory.Sequence(lambda number: f"DOC-{number:05d}")
    at = factory.LazyFunction(timezone.now)


class StockFactory(DjangoModelFactory[Stock]):
    """Stock with the opening move that explains it."""

    class Meta:
        model = Stock
        skip_postgeneration_save = True

    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SubFactory(ProductFactory)
    on_hand = 100
    reserved = 0

    @factory.post_generation
    def opening(self, create: Any, extracted: Any, **_options: Any) -> None:
        stock: Any = self
        if create and extracted is not False and stock.on_hand:
            StockMoveFactory.create(warehouse=stock.warehouse, product=stock.product, quantity=stock.on_hand)


class ReservationFactory(DjangoModelFactory[Reservation]):
    """Only the row: the stock's `reserved` is the caller's business."""

    class Meta:
        model = Reservation

    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SubFactory(ProductFactory)
    source_type = "order"
    source_id = factory.Sequence(lambda number: 1000 + number)
    source_line_id = factory.Sequence(lambda number: 100000 + number)
    quantity = 1
