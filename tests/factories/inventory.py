"""Catalogue and stock for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from catalogue.enums import CodeKind, ProductStatus
from catalogue.models import (
    Brand,
    BuyingRight,
    Category,
    Product,
    ProductAttribute,
    ProductCode,
    ProductFamily,
    ProductFile,
    ProductUnit,
)
from inventory.enums import MoveKind
from inventory.models import (
    BackOrder,
    ExpectedReceipt,
    Reservation,
    Stock,
    StockBlock,
    StockMove,
    SupplyRoute,
    Warehouse,
)

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


class ProductAttributeFactory(DjangoModelFactory[ProductAttribute]):
    """An attribute with free values; pass `choices` for declared ones."""

    class Meta:
        model = ProductAttribute

    category = factory.SubFactory(CategoryFactory)
    code = factory.Sequence(lambda number: f"attribute-{number}")
    name = factory.Sequence(lambda number: f"Attribute {number}")


class ProductFamilyFactory(DjangoModelFactory[ProductFamily]):
    class Meta:
        model = ProductFamily

    code = factory.Sequence(lambda number: f"FAMILY-{number:04d}")
    name = factory.Sequence(lambda number: f"Family {number}")
    name_zh = factory.Sequence(lambda number: f"系列{number}")
    category = factory.SubFactory(CategoryFactory)


class ProductCodeFactory(DjangoModelFactory[ProductCode]):
    """A further barcode; pass `kind=OWN, distributor=...` for a distributor's own code."""

    class Meta:
        model = ProductCode

    product = factory.SubFactory(ProductFactory)
    kind = CodeKind.FURTHER_BARCODE
    code = factory.Sequence(lambda number: f"4000{number:09d}")


class ProductUnitFactory(DjangoModelFactory[ProductUnit]):
    class Meta:
        model = ProductUnit

    product = factory.SubFactory(ProductFactory)
    code = "case"
    pieces = 24


class ProductFileFactory(DjangoModelFactory[ProductFile]):
    class Meta:
        model = ProductFile

    product = factory.SubFactory(ProductFactory)
    file = factory.django.FileField(filename="leaflet.pdf", data=b"%PDF-1.7 leaflet")
    name = "leaflet.pdf"
    media_type = "application/pdf"
    size = 16
    sha256 = factory.Sequence(lambda number: f"{number:064x}")
    added_at = factory.LazyFunction(timezone.now)


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


class ExpectedReceiptFactory(DjangoModelFactory[ExpectedReceipt]):
    class Meta:
        model = ExpectedReceipt

    external_id = factory.Sequence(lambda number: f"PO-{number:05d}")
    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SubFactory(ProductFactory)
    quantity = 100
    expected_on = factory.LazyFunction(timezone.localdate)


class StockBlockFactory(DjangoModelFactory[StockBlock]):
    """Only the row: the stock's `blocked` is the caller's business."""

    class Meta:
        model = StockBlock

    company = factory.SubFactory("tests.factories.company.CompanyFactory")
    number = factory.Sequence(lambda number: f"BS-{number:06d}")
    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SubFactory(ProductFactory)
    quantity = 1
    reason = "quality"
    blocked_at = factory.LazyFunction(timezone.now)


class BackOrderFactory(DjangoModelFactory[BackOrder]):
    """Only the row: the stock's `waiting` is the caller's business."""

    class Meta:
        model = BackOrder

    warehouse = factory.SubFactory(WarehouseFactory)
    product = factory.SubFactory(ProductFactory)
    distributor = factory.SubFactory(DISTRIBUTOR)
    source_type = "order"
    source_id = factory.Sequence(lambda number: 1000 + number)
    source_line_id = factory.Sequence(lambda number: 100000 + number)
    quantity = 1
    ordered = factory.SelfAttribute("quantity")
    placed_at = factory.LazyFunction(timezone.now)
