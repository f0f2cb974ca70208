"""Parcels and waybills for tests."""

from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from orders.models import Parcel, ParcelLine, Waybill, WaybillShipment
from tests.factories.company import CompanyFactory
from tests.factories.orders import DISTRIBUTOR, CarrierFactory, ShipmentFactory, ShipmentLineFactory


class ParcelFactory(DjangoModelFactory[Parcel]):
    class Meta:
        model = Parcel

    shipment = factory.SubFactory(ShipmentFactory)
    position = factory.Sequence(lambda number: number + 1)
    weight = Decimal("12.500")


class ParcelLineFactory(DjangoModelFactory[ParcelLine]):
    class Meta:
        model = ParcelLine

    shipment_line = factory.SubFactory(ShipmentLineFactory)
    parcel = factory.SubFactory(ParcelFactory, shipment=factory.SelfAttribute("..shipment_line.shipment"))
    pieces = 1


class WaybillFactory(DjangoModelFactory[Waybill]):
    class Meta:
        model = Waybill

    company = factory.SubFactory(CompanyFactory)
    number = factory.Sequence(lambda number: f"TW{number:07d}")
    distributor = factory.SubFactory(DISTRIBUTOR)
    carrier = factory.SubFactory(CarrierFactory)
    currency = factory.SelfAttribute("company.currency")
    left_on = factory.LazyFunction(timezone.localdate)
    made_at = factory.LazyFunction(timezone.now)


class WaybillShipmentFactory(DjangoModelFactory[WaybillShipment]):
    """With a shipment of the waybill's distributor, seller and carrier."""

    class Meta:
        model = WaybillShipment

    waybill = factory.SubFactory(WaybillFactory)
    shipment = factory.SubFactory(
        ShipmentFactory,
        carrier=factory.SelfAttribute("..waybill.carrier"),
        order__company=factory.SelfAttribute("...waybill.company"),
        order__distributor=factory.SelfAttribute("...waybill.distributor"),
    )
