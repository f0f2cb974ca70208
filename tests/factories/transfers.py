"""Transfers for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.inventory import ProductFactory, WarehouseFactory
from transfers.models import Transfer, TransferLine


class TransferFactory(DjangoModelFactory[Transfer]):
    """A draft without lines."""

    class Meta:
        model = Transfer

    company = factory.SubFactory("tests.factories.company.CompanyFactory")
    source = factory.SubFactory(WarehouseFactory)
    destination = factory.SubFactory(WarehouseFactory)
    expected_on = factory.LazyFunction(timezone.localdate)
    created_at = factory.LazyFunction(timezone.now)


class TransferLineFactory(DjangoModelFactory[TransferLine]):
    class Meta:
        model = TransferLine

    transfer = factory.SubFactory(TransferFactory)
    product = factory.SubFactory(ProductFactory)
    quantity = 1
    pieces = 1
