"""Orders and what moves them, for tests; `shop()` makes everything a distributor needs to order."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Distributor
from catalogue.models import Brand, Product
from inventory.models import Stock, SupplyRoute, Warehouse
from orders.changes.enums import PriceChoice
from orders.fulfilment.claims.enums import ClaimKind, ClaimOutcome
from orders.fulfilment.enums import CarrierKind, ShipmentStatus
from orders.models import (
    ApprovalCheck,
    ApprovalRule,
    Carrier,
    ChangeRequest,
    ChangeRequestLine,
    ClaimDecision,
    ClaimPhoto,
    DeliveryClaim,
    DeliveryClaimLine,
    DeliveryLink,
    HoldQuestion,
    LineAdjustment,
    Order,
    OrderHold,
    OrderLine,
    OrderTemplate,
    OrderTemplateLine,
    OrderType,
    PriceDecision,
    PromiseChange,
    ProofOfDelivery,
    ReturnedGoods,
    Shipment,
    ShipmentLine,
    TrackingEvent,
)
from orders.ordering.enums import AdjustmentKind, HoldKind, OrderSource, OrderStatus
from orders.ordering.services.order_types import default_order_type
from orders.ordering.services.quote import LineInput
from orders.tracking.enums import TrackingCode
from pricing.models import PriceList
from tests.factories.company import CompanyFactory
from tests.factories.inventory import (
    BrandFactory,
    BuyingRightFactory,
    ProductFactory,
    StockFactory,
    SupplyRouteFactory,
    WarehouseFactory,
)
from tests.factories.planning import PriceFactory, PriceListFactory, calendar_year

DISTRIBUTOR = "tests.factories.accounts.DistributorFactory"


class CarrierFactory(DjangoModelFactory[Carrier]):
    class Meta:
        model = Carrier

    code = factory.Sequence(lambda number: f"CARRIER-{number:03d}")
    name = factory.Sequence(lambda number: f"Carrier {number}")
    name_zh = factory.Sequence(lambda number: f"承运商{number}")
    kind = CarrierKind.MANUAL


class OrderTypeFactory(DjangoModelFactory[OrderType]):
    """One beside those that every installation begins with."""

    class Meta:
        model = OrderType

    code = factory.Sequence(lambda number: f"type-{number}")
    name = factory.Sequence(lambda number: f"Type {number}")
    name_zh = factory.Sequence(lambda number: f"类型{number}")
    position = 9


class OrderFactory(DjangoModelFactory[Order]):
    """Only the row, without lines: `OrderLineFactory` adds one, and its amounts to those of the order."""

    class Meta:
        model = Order

    company = factory.SubFactory(CompanyFactory)
    seller_company = factory.SelfAttribute("company")
    type = factory.LazyFunction(default_order_type)
    number = factory.LazyAttributeSequence(
        lambda row, number: None if row.status == OrderStatus.DRAFT else f"T{number:07d}"
    )
    distributor = factory.SubFactory(DISTRIBUTOR)
    status = OrderStatus.SUBMITTED
    source = OrderSource.PAGE
    currency = factory.LazyAttribute(lambda row: row.distributor.currency)
    ordered_at = factory.LazyFunction(timezone.now)
    ordered_on = factory.LazyAttribute(lambda row: row.ordered_at.date())
    promised_on = factory.LazyAttribute(lambda row: row.ordered_on + timedelta(days=7))


class OrderTemplateFactory(DjangoModelFactory[OrderTemplate]):
    class Meta:
        model = OrderTemplate

    distributor = factory.SubFactory(DISTRIBUTOR)
    name = factory.Sequence(lambda number: f"Template {number}")


class OrderTemplateLineFactory(DjangoModelFactory[OrderTemplateLine]):
    class Meta:
        model = OrderTemplateLine

    template = factory.SubFactory(OrderTemplateFactory)
    position = factory.Sequence(lambda number: number + 1)
    product = factory.SubFactory(ProductFactory)
    units = 1


class OrderLineFactory(DjangoModelFactory[OrderLine]):
    class Meta:
        model = OrderLine
        skip_postgeneration_save = True

    order = factory.SubFactory(OrderFactory)
    position = factory.Sequence(lambda number: number + 1)
    product = factory.SubFactory(ProductFactory)
    category = factory.SelfAttribute("product.category")
    unit = factory.SelfAttribute("product.unit")
    units = factory.SelfAttribute("ordered")
    ordered = 10
    unit_price = Decimal("10.0000")
    gross_amount = factory.LazyAttribute(lambda row: row.unit_price * row.ordered)
    net_amount = factory.LazyAttribute(lambda row: row.gross_amount)

    @factory.post_generation
    def sums(self, create: Any, _extracted: Any, **_: object) -> None:
        if create:
            add_up(self.order)


class OrderHoldFactory(DjangoModelFactory[OrderHold]):
    """Only the row: give it an order that is on hold."""

    class Meta:
        model = OrderHold

    order = factory.SubFactory(OrderFactory, is_on_hold=True)
    kind = HoldKind.MANUAL
    code = HoldKind.MANUAL
    params = factory.LazyFunction(lambda: {"reason": "An invoice is open."})
    placed_at = factory.LazyFunction(timezone.now)


class ApprovalCheckFactory(DjangoModelFactory[ApprovalCheck]):
    class Meta:
        model = ApprovalCheck

    order = factory.SubFactory(OrderFactory)
    reasons = factory.LazyFunction(lambda: [{"code": "no_rule"}])
    checked_at = factory.LazyFunction(timezone.now)


class ChangeRequestFactory(DjangoModelFactory[ChangeRequest]):
    class Meta:
        model = ChangeRequest

    order = factory.SubFactory(OrderFactory, status=OrderStatus.APPROVED)
    reason = "The shop is closed."
    requested_by = factory.SubFactory("tests.factories.accounts.BuyerFactory")
    requested_at = factory.LazyFunction(timezone.now)


class ChangeRequestLineFactory(DjangoModelFactory[ChangeRequestLine]):
    class Meta:
        model = ChangeRequestLine

    request = factory.SubFactory(ChangeRequestFactory)
    line = factory.SubFactory(OrderLineFactory, order=factory.SelfAttribute("..request.order"))
    quantity_before = 10
    quantity_after = 4


class HoldQuestionFactory(DjangoModelFactory[HoldQuestion]):
    class Meta:
        model = HoldQuestion

    hold = factory.SubFactory(OrderHoldFactory)
    question = factory.SubFactory("tests.factories.messaging.ConversationMessageFactory")


class PriceDecisionFactory(DjangoModelFactory[PriceDecision]):
    class Meta:
        model = PriceDecision

    line = factory.SubFactory(OrderLineFactory)
    choice = PriceChoice.KEEP
    ordered_price = Decimal("10.0000")
    current_price = Decimal("11.0000")
    decided_by = factory.SubFactory("tests.factories.accounts.ManagerFactory")
    decided_at = factory.LazyFunction(timezone.now)


class ApprovalRuleFactory(DjangoModelFactory[ApprovalRule]):
    """Approves every order that is usual and whose stock is reserved."""

    class Meta:
        model = ApprovalRule

    code = factory.Sequence(lambda number: f"RULE-{number:03d}")
    name = factory.Sequence(lambda number: f"Rule {number}")
    name_zh = factory.Sequence(lambda number: f"规则{number}")
    starts_on = date(2020, 1, 1)


class LineAdjustmentFactory(DjangoModelFactory[LineAdjustment]):
    """A discount of one on a line, with what it changes of the line and the order."""

    class Meta:
        model = LineAdjustment
        skip_postgeneration_save = True

    line = factory.SubFactory(OrderLineFactory)
    kind = AdjustmentKind.DISCOUNT
    amount = Decimal("-1.0000")

    @factory.post_generation
    def sums(self, create: Any, _extracted: Any, **_: object) -> None:
        if create:
            taken = F("discount_amount") - self.amount
            OrderLine.objects.filter(pk=self.line.pk).update(
                discount_amount=taken, net_amount=F("gross_amount") - taken
            )
            add_up(self.line.order)


def add_up(order: Order) -> None:
    """Make the amounts of an order those of its lines."""
    lines = OrderLine.objects.filter(order=order)
    names = ("gross_amount", "discount_amount", "rounding_amount", "net_amount", "tax_amount", "cost_amount_company")
    sums = lines.aggregate(
        **{name: Coalesce(Sum(name), Decimal(0)) for name in names},
        line_count=Count("pk"),
        unit_count=Coalesce(Sum("ordered"), 0),
    )
    Order.objects.filter(pk=order.pk).update(**sums, total_amount=sums["net_amount"] + sums["tax_amount"])
    order.refresh_from_db()


class ShipmentFactory(DjangoModelFactory[Shipment]):
    class Meta:
        model = Shipment

    number = factory.Sequence(lambda number: f"TS{number:07d}")
    order = factory.SubFactory(OrderFactory, status=OrderStatus.SHIPPED)
    carrier = factory.SubFactory(CarrierFactory)
    tracking_number = factory.Sequence(lambda number: f"TRACK{number:07d}")
    status = ShipmentStatus.SHIPPED
    shipped_at = factory.LazyFunction(timezone.now)


class ShipmentLineFactory(DjangoModelFactory[ShipmentLine]):
    class Meta:
        model = ShipmentLine

    shipment = factory.SubFactory(ShipmentFactory)
    order_line = factory.SubFactory(OrderLineFactory, shipped=10)
    quantity = 10
    damaged = 0
    missing = factory.LazyAttribute(
        lambda line: 0 if getattr(line, "received", None) is None else line.quantity - line.received - line.damaged
    )


class DeliveryLinkFactory(DjangoModelFactory[DeliveryLink]):
    class Meta:
        model = DeliveryLink

    shipment = factory.SubFactory(ShipmentFactory)
    secret_hash = factory.Sequence(lambda number: f"{number:064x}")
    created_by = factory.SubFactory("tests.factories.accounts.WarehouseUserFactory")
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda row: row.created_at + timedelta(days=14))


class ProofOfDeliveryFactory(DjangoModelFactory[ProofOfDelivery]):
    class Meta:
        model = ProofOfDelivery

    shipment = factory.SelfAttribute("link.shipment")
    link = factory.SubFactory(
        DeliveryLinkFactory, shipment__status=ShipmentStatus.DELIVERED, used_at=factory.LazyFunction(timezone.now)
    )
    signed_by = "Li Ming"
    recorded_at = factory.LazyFunction(timezone.now)
    file = factory.LazyFunction(lambda: ContentFile(b"\xff\xd8\xff photo", name="photo.jpg"))
    name = "photo.jpg"
    media_type = "image/jpeg"
    size = 9
    sha256 = factory.LazyFunction(lambda: hashlib.sha256(b"\xff\xd8\xff photo").hexdigest())
    added_at = factory.LazyFunction(timezone.now)


class PromiseChangeFactory(DjangoModelFactory[PromiseChange]):
    class Meta:
        model = PromiseChange

    order = factory.SubFactory(OrderFactory)
    promised_on = factory.LazyAttribute(lambda row: row.order.promised_on + timedelta(days=5))
    reason = "The mill is late."
    changed_by = factory.SubFactory("tests.factories.accounts.ManagerFactory")
    changed_at = factory.LazyFunction(timezone.now)


class TrackingEventFactory(DjangoModelFactory[TrackingEvent]):
    class Meta:
        model = TrackingEvent

    shipment = factory.SubFactory(ShipmentFactory)
    external_id = factory.Sequence(lambda number: f"event-{number}")
    code = TrackingCode.IN_TRANSIT
    at = factory.LazyFunction(timezone.now)


class DeliveryClaimFactory(DjangoModelFactory[DeliveryClaim]):
    """Only the row, without lines."""

    class Meta:
        model = DeliveryClaim

    shipment = factory.SubFactory(ShipmentFactory, status=ShipmentStatus.RECEIVED)
    order = factory.SelfAttribute("shipment.order")
    company = factory.SelfAttribute("order.company")
    distributor = factory.SelfAttribute("order.distributor")
    currency = factory.SelfAttribute("order.currency")
    number = factory.Sequence(lambda number: f"TC{number:07d}")
    opened_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyAttribute(lambda row: row.opened_at.date() + timedelta(days=7))


class DeliveryClaimLineFactory(DjangoModelFactory[DeliveryClaimLine]):
    """Surplus, which needs nothing of the order."""

    class Meta:
        model = DeliveryClaimLine

    claim = factory.SubFactory(DeliveryClaimFactory)
    kind = ClaimKind.SURPLUS
    product = factory.SubFactory(ProductFactory)
    pieces = 1


class ClaimDecisionFactory(DjangoModelFactory[ClaimDecision]):
    class Meta:
        model = ClaimDecision

    line = factory.SubFactory(DeliveryClaimLineFactory, sent_back=1)
    outcome = ClaimOutcome.SEND_BACK
    pieces = 1
    decided_at = factory.LazyFunction(timezone.now)


class ClaimPhotoFactory(DjangoModelFactory[ClaimPhoto]):
    class Meta:
        model = ClaimPhoto

    line = factory.SubFactory(DeliveryClaimLineFactory)
    file = "attachments/2026/11/box.png"
    name = "box.png"
    media_type = "image/png"
    size = 1
    sha256 = "0" * 64
    added_at = factory.LazyFunction(timezone.now)


class ReturnedGoodsFactory(DjangoModelFactory[ReturnedGoods]):
    class Meta:
        model = ReturnedGoods

    number = factory.Sequence(lambda number: f"RET-{number:05d}")
    distributor = factory.SubFactory(DISTRIBUTOR)
    product = factory.SubFactory(ProductFactory)
    quantity = 1
    amount = Decimal("10.0000")
    currency = factory.LazyAttribute(lambda row: row.distributor.currency)
    returned_on = date(2026, 1, 15)


@dataclass(kw_only=True)
class Shop:
    """A distributor that can order `products` at 10.00 each from `warehouse`."""

    distributor: Distributor
    warehouse: Warehouse
    brand: Brand
    price_list: PriceList
    products: list[Product]

    def wishes(self, quantity: int = 5) -> list[LineInput]:
        return [LineInput(product.pk, quantity) for product in self.products]

    def stock_of(self, product: Product) -> Stock:
        return Stock.objects.get(warehouse=self.warehouse, product=product)


def shop(*, products: int = 2, on_hand: int = 1000, distributor: Any = None, lead_days: int = 7) -> Shop:
    """A distributor with everything it needs to order: right, price, stock, route and an open business year."""
    from tests.factories.accounts import DistributorFactory

    calendar_year(timezone.now().year)
    default_order_type()
    buyer = distributor or DistributorFactory.create()
    brand = BrandFactory.create()
    BuyingRightFactory.create(distributor=buyer, brand=brand)
    route = SupplyRoute.objects.filter(distributor=buyer).first() or SupplyRouteFactory.create(
        distributor=buyer, warehouse=WarehouseFactory.create(), lead_days=lead_days
    )
    warehouse = route.warehouse
    prices = PriceListFactory.create(currency=buyer.currency, distributor=buyer)
    made = ProductFactory.create_batch(products, brand=brand)
    for product in made:
        PriceFactory.create(price_list=prices, product=product)
        StockFactory.create(warehouse=warehouse, product=product, on_hand=on_hand)
    return Shop(distributor=buyer, warehouse=warehouse, brand=brand, price_list=prices, products=made)
