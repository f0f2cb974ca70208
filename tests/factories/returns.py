"""Returns for tests; `received_line` is an order line that a distributor has received, `return_rate` its agreement."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from channel.enums import AgreementStatus
from channel.models import Agreement
from company.models import Company
from inventory.enums import WarehouseKind
from inventory.models import Warehouse
from orders.fulfilment.enums import ShipmentStatus
from orders.ordering.enums import OrderStatus
from orders.ordering.models import OrderLine
from orders.returns.enums import Condition, Disposition, ReturnReason
from orders.returns.models import InspectedGoods, Return, ReturnLine, ReturnPhoto, ReturnPolicy
from tests.factories.channel import AgreementFactory, AgreementSubjectFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory, WarehouseFactory
from tests.factories.orders import DISTRIBUTOR, OrderFactory, OrderLineFactory, ShipmentFactory, ShipmentLineFactory

ACCEPTED_REASONS = [ReturnReason.UNSOLD, ReturnReason.DEFECTIVE, ReturnReason.RECALL, ReturnReason.DAMAGED]


def returns_warehouse(**more: Any) -> Warehouse:
    """Where returned goods are received."""
    return WarehouseFactory.create(kind=WarehouseKind.RETURNS, **more)


@transaction.atomic
def received_line(
    *,
    distributor: Any = None,
    pieces: int = 10,
    net: str = "100",
    tax: str = "0",
    received_at: datetime | None = None,
    received: int | None = None,
    **more: Any,
) -> OrderLine:
    """A line of an order of its own that was shipped and received whole, or `received` of it, three weeks ago."""
    came = pieces if received is None else received
    at = received_at or timezone.now() - timedelta(days=21)
    company = Company.objects.filter(is_default=True).first() or CompanyFactory.create()
    order = OrderFactory.create(
        company=company,
        status=OrderStatus.RECEIVED,
        ordered_at=at - timedelta(days=5),
        received_at=at,
        **({"distributor": distributor} if distributor else {}),
    )
    line = OrderLineFactory.create(
        order=order,
        ordered=pieces,
        shipped=pieces,
        received=came,
        unit_price=Decimal(net) / pieces,
        gross_amount=Decimal(net),
        net_amount=Decimal(net),
        tax_amount=Decimal(tax),
        **more,
    )
    shipment = ShipmentFactory.create(
        order=order,
        status=ShipmentStatus.RECEIVED,
        shipped_at=at - timedelta(days=2),
        delivered_at=at,
        received_at=at,
    )
    ShipmentLineFactory.create(
        shipment=shipment, order_line=line, quantity=pieces, received=came, missing=pieces - came
    )
    line.refresh_from_db()
    return line


def return_rate(
    distributor: Any, rate: str | None = "0.05", *, starts_on: date = date(2026, 1, 1), **more: Any
) -> Agreement:
    """An agreement in force, as an old one that was imported, with a return rate."""
    agreement = AgreementFactory.create(
        company=Company.objects.filter(is_default=True).first() or CompanyFactory.create(),
        distributor=distributor,
        status=AgreementStatus.DRAFT,
        number=None,
        starts_on=starts_on,
        ends_on=None,
        currency=distributor.currency,
        return_rate=None if rate is None else Decimal(rate),
        is_imported=True,
        imported_at=timezone.now(),
        **more,
    )
    AgreementSubjectFactory.create(agreement=agreement, brand=BrandFactory.create())
    signed = {"number": f"DA7{agreement.pk:05d}", "in_force_at": timezone.now(), "signature_reference": "OLD"}
    Agreement.objects.filter(pk=agreement.pk).update(status=AgreementStatus.IN_FORCE, **signed)
    agreement.refresh_from_db()
    return agreement


class ReturnPolicyFactory(DjangoModelFactory[ReturnPolicy]):
    """Ninety days, unopened or damaged, with a photo of what is damaged; recalls and the seller's faults are exempt."""

    class Meta:
        model = ReturnPolicy

    code = factory.Sequence(lambda number: f"POLICY-{number:03d}")
    name = factory.Sequence(lambda number: f"Policy {number}")
    name_zh = factory.Sequence(lambda number: f"退货政策{number}")
    window_days = 90
    reasons = factory.LazyFunction(lambda: [str(one) for one in ACCEPTED_REASONS])
    exempt_reasons = factory.LazyFunction(lambda: ["recall", "defective", "damaged", "wrong_goods"])
    photo_reasons = factory.LazyFunction(lambda: ["damaged"])
    conditions = factory.LazyFunction(lambda: ["unopened", "damaged"])


class ReturnFactory(DjangoModelFactory[Return]):
    """Only the row, requested."""

    class Meta:
        model = Return

    company = factory.SubFactory(CompanyFactory)
    number = factory.Sequence(lambda number: f"TRT{number:06d}")
    distributor = factory.SubFactory(DISTRIBUTOR)
    currency = factory.LazyAttribute(lambda row: row.distributor.currency)
    requested_at = factory.LazyFunction(timezone.now)


class ReturnLineFactory(DjangoModelFactory[ReturnLine]):
    """A piece of a line that was received, of its order's distributor."""

    class Meta:
        model = ReturnLine

    order_line = factory.LazyFunction(received_line)
    document = factory.SubFactory(
        ReturnFactory,
        company=factory.SelfAttribute("..order_line.order.company"),
        distributor=factory.SelfAttribute("..order_line.order.distributor"),
    )
    position = factory.Sequence(lambda number: number + 1)
    pieces = 1
    returned = 1
    reason = ReturnReason.UNSOLD
    condition = Condition.UNOPENED
    last_received_on = date(2026, 11, 1)
    uses_rate = False
    asked_amount = Decimal("10.0000")


class InspectedGoodsFactory(DjangoModelFactory[InspectedGoods]):
    class Meta:
        model = InspectedGoods

    line = factory.SubFactory(ReturnLineFactory, sent=1, arrived=1)
    pieces = 1
    condition = Condition.UNOPENED
    disposition = Disposition.SCRAPPED


class ReturnPhotoFactory(DjangoModelFactory[ReturnPhoto]):
    class Meta:
        model = ReturnPhoto

    line = factory.SubFactory(ReturnLineFactory)
    file = factory.django.FileField(filename="goods.png", data=b"\x89PNG\r\n\x1a\n")
    name = "goods.png"
    media_type = "image/png"
    size = 8
    sha256 = "a" * 64
    added_at = factory.LazyFunction(timezone.now)
