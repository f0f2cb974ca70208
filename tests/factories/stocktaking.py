"""Counts and scrap for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stocktaking.models import Scrap, ScrapLine, StockCount, StockCountLine
from tests.factories.inventory import ProductFactory, WarehouseFactory


class StockCountFactory(DjangoModelFactory[StockCount]):
    """An open count without rows."""

    class Meta:
        model = StockCount

    company = factory.SubFactory("tests.factories.company.CompanyFactory")
    number = factory.Sequence(lambda number: f"SC-{number:06d}")
    warehouse = factory.SubFactory(WarehouseFactory)
    opened_at = factory.LazyFunction(timezone.now)


class StockCountLineFactory(DjangoModelFactory[StockCountLine]):
    class Meta:
        model = StockCountLine

    count = factory.SubFactory(StockCountFactory)
    open_warehouse = factory.SelfAttribute("count.warehouse")
    product = factory.SubFactory(ProductFactory)


class ScrapFactory(DjangoModelFactory[Scrap]):
    """A draft without lines."""

    class Meta:
        model = Scrap

    company = factory.SubFactory("tests.factories.company.CompanyFactory")
    warehouse = factory.SubFactory(WarehouseFactory)
    reason = "broken"
    created_at = factory.LazyFunction(timezone.now)


class ScrapLineFactory(DjangoModelFactory[ScrapLine]):
    class Meta:
        model = ScrapLine

    scrap = factory.SubFactory(ScrapFactory)
    product = factory.SubFactory(ProductFactory)
    quantity = 1
    pieces = 1
