"""Outlets and their links as they are stored."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from outlets.enums import DirectionKind, OutletKind, OutletStatus
from outlets.models import BusinessDirection, Outlet, OutletLink


class OutletFactory(DjangoModelFactory[Outlet]):
    class Meta:
        model = Outlet

    code = factory.Sequence(lambda number: f"OUT-{number:05d}")
    name = factory.Sequence(lambda number: f"Corner shop {number}")
    kind = OutletKind.SHOP
    status = OutletStatus.OPEN


class OutletLinkFactory(DjangoModelFactory[OutletLink]):
    class Meta:
        model = OutletLink

    outlet = factory.SubFactory(OutletFactory)
    distributor = factory.SubFactory("tests.factories.accounts.DistributorFactory")
    starts_on = date(2026, 1, 1)


class BusinessDirectionFactory(DjangoModelFactory[BusinessDirection]):
    class Meta:
        model = BusinessDirection

    distributor = factory.SubFactory("tests.factories.accounts.DistributorFactory")
    kind = DirectionKind.CHANNEL
    channel_kind = "wholesale"
    starts_on = date(2026, 1, 1)
