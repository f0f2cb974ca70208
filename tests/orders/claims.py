"""A shipment that is received with differences, for tests: figures B4."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from catalogue.models import Product
from inventory.models import Stock, Warehouse
from orders.fulfilment.services.receiving import ReceivedLine, UnorderedGoods, receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import ClaimDecision, DeliveryClaim, DeliveryClaimLine, Order, OrderLine, Shipment, ShipmentLine
from orders.ordering.services.approval import approve_order
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from tests.factories.inventory import WarehouseFactory
from tests.factories.orders import add_up
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage


@dataclass(kw_only=True)
class Receipt:
    """A shipped order of one line, before or after its receipt."""

    people: Stage
    order: Order
    shipment: Shipment
    line: ShipmentLine

    @property
    def keeper(self) -> User:
        return self.people.keeper

    @property
    def manager(self) -> User:
        return self.people.manager

    @property
    def product(self) -> Product:
        return self.people.shop.products[0]

    @property
    def other(self) -> Product:
        return self.people.shop.products[1]

    @property
    def claim(self) -> DeliveryClaim:
        return DeliveryClaim.objects.get(shipment=self.shipment)

    def claim_line(self, kind: str) -> DeliveryClaimLine:
        return DeliveryClaimLine.objects.get(claim__shipment=self.shipment, kind=kind)

    def decision(self, outcome: str) -> ClaimDecision:
        return ClaimDecision.objects.get(line__claim__shipment=self.shipment, outcome=outcome)

    def receive(self, *, good: int, damaged: int = 0, surplus: int = 0, **said: Any) -> Shipment:
        """Count what came of the line, and of a product that nobody ordered."""
        missing = self.line.quantity - good - damaged
        counted = {"kind": "short", **said} if missing else said
        goods = [UnorderedGoods(product_id=self.other.pk, quantity=surplus)] if surplus else []
        return receive_shipment(
            shipment_id=self.shipment.pk,
            actor=self.keeper,
            now=NOW,
            lines={self.line.pk: ReceivedLine(quantity=good, damaged=damaged, **counted)},
            unordered=goods,
        )


def shipped(
    *, pieces: int = 100, keeps_stock: bool = True, people: Stage | None = None, parts: int = 1, **amounts: str
) -> list[Receipt]:
    """An order of so many pieces at 10.00 and 13 %, or of other `amounts`, that has left in so many shipments."""
    people = people or stage()
    if keeps_stock:
        warehouse_of(people)
    placed = place_order(
        distributor_id=people.shop.distributor.pk,
        actor=people.buyer,
        lines=[LineInput(people.shop.products[0].pk, pieces)],
        now=NOW,
    )
    net = OrderLine.objects.get(order=placed.id).net_amount
    taxed = {"tax_amount": (net * Decimal("0.13")).quantize(Decimal("0.01")), **amounts}
    with transaction.atomic():  # the database looks at the sums at its end
        OrderLine.objects.filter(order=placed.id).update(**taxed)
        add_up(Order.objects.get(pk=placed.id))
    order = approve_order(order_id=placed.id, actor=people.manager, now=NOW)
    line = OrderLine.objects.get(order=order)
    found = []
    for part in range(parts):
        quantity = pieces * (part + 1) // parts - pieces * part // parts
        shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW, quantities={line.pk: quantity})
        found.append(Receipt(people=people, order=order, shipment=shipment, line=shipment.lines.get()))
    order.refresh_from_db()
    return found


def warehouse_of(people: Stage) -> Warehouse:
    """Where the distributor's stock is kept here."""
    found = Warehouse.objects.filter(distributor=people.shop.distributor).first()
    return found or WarehouseFactory.create(distributor=people.shop.distributor)


def lies_at(people: Stage, product: Product) -> tuple[int, int]:
    """What the distributor has of a product: on hand, and how much of it is blocked."""
    found = Stock.objects.filter(warehouse__distributor=people.shop.distributor, product=product)
    return found.values_list("on_hand", "blocked").first() or (0, 0)


def replacement_of(receipt: Receipt) -> Order:
    """The order that sends once more what was missing or damaged."""
    return Order.objects.filter(type__code="replacement", distributor=receipt.order.distributor).latest("pk")


def ship_replacement(receipt: Receipt) -> Receipt:
    """The re-shipment on its way, as the warehouse ships any order."""
    order = replacement_of(receipt)
    shipment = ship_order(order_id=order.pk, actor=receipt.people.warehouse, now=NOW)
    return Receipt(people=receipt.people, order=order, shipment=shipment, line=shipment.lines.get())
