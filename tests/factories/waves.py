"""Waves for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from orders.models import Pick, Wave, WaveLine
from tests.factories.company import CompanyFactory
from tests.factories.inventory import WarehouseFactory
from tests.factories.orders import OrderLineFactory


class WaveFactory(DjangoModelFactory[Wave]):
    class Meta:
        model = Wave

    company = factory.SubFactory(CompanyFactory)
    number = factory.Sequence(lambda number: f"TV{number:07d}")
    warehouse = factory.SubFactory(WarehouseFactory)
    made_at = factory.LazyFunction(timezone.now)


class WaveLineFactory(DjangoModelFactory[WaveLine]):
    class Meta:
        model = WaveLine

    wave = factory.SubFactory(WaveFactory)
    order_line = factory.SubFactory(OrderLineFactory, order__warehouse=factory.SelfAttribute("...wave.warehouse"))
    quantity = 1


class PickFactory(DjangoModelFactory[Pick]):
    """All of its line."""

    class Meta:
        model = Pick

    line = factory.SubFactory(WaveLineFactory)
    quantity = factory.SelfAttribute("line.quantity")
