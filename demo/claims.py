"""Receipts of the demo company that differ: a delivery claim to be decided, one that is overdue, one that is re-shipped."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Distributor, Membership, User
from demo.company import Company
from inventory.models import Stock
from orders.fulfilment.claims.enums import ClaimCause, ClaimOutcome
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.fulfilment.services.receiving import ReceivedLine, UnorderedGoods, receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import DeliveryClaim, OrderLine
from orders.ordering.errors import OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.placing import place_order
from orders.ordering.services.quoted import LineInput
from orders.ordering.services.sell_in import count_sell_in

_MOST_TRIED = 60
_DAYS_AGO = (0, 9, 2)
"""Of the receipts: the second is past its days."""
_LEAST = 8


def build_claims(company: Company) -> None:
    """Three receipts of the distributor that can sign in, each with pieces damaged and missing."""
    distributor = Distributor.objects.get(pk=company.distributors[0])
    director = User.objects.with_roles([Role.DIRECTOR]).order_by("pk")[0]
    now = timezone.now()
    shipped = _shipped(distributor, director, now)
    claims = [claim for days, line in zip(_DAYS_AGO, shipped, strict=False) if (claim := _receive(line, days, now))]
    for claim in claims[2:]:
        missing = claim.lines.get(kind="missing")
        sent = Decision(line_id=missing.pk, outcome=ClaimOutcome.RESHIP, cause=ClaimCause.CARRIER)
        credited = Decision(line_id=claim.lines.get(kind="damaged").pk, outcome=ClaimOutcome.CREDIT)
        decide_claim(claim_id=claim.pk, decisions=[sent, credited], actor=director, now=now)
    count_sell_in(today=company.today, distributor_ids=[distributor.pk])


def _shipped(distributor: Distributor, director: User, now: datetime) -> Iterator[OrderLine]:
    """Lines of orders that left in time to be received so many days ago."""
    buyer = Membership.objects.filter(distributor=distributor, role=Role.OWNER).order_by("pk")[0].person
    keeper = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    bought = OrderLine.objects.filter(order__distributor=distributor, product__status="active", gift_of=None)
    days = iter(_DAYS_AGO)
    seen: set[int] = set()
    for line in bought.select_related("product").order_by("-pk")[:_MOST_TRIED]:
        step = max(line.product.order_multiple, line.product.minimum_quantity, 1)
        quantity = -(-_LEAST // step) * step
        stock = Stock.objects.filter(warehouse=line.warehouse_id, product=line.product_id).first()
        if line.product_id in seen or stock is None or stock.available < 2 * quantity:
            continue
        seen.add(line.product_id)
        try:
            placed = place_order(
                distributor_id=distributor.pk,
                actor=buyer,
                lines=[LineInput(product=line.product_id, quantity=quantity)],
                now=now,
            )
        except OrderRefused:
            continue
        ago = next(days, None)
        if ago is None:
            return
        approve_order(order_id=placed.id, actor=director, now=now)
        ship_order(order_id=placed.id, actor=keeper, now=now - timedelta(days=ago, hours=3))
        yield OrderLine.objects.get(order=placed.id)


def _receive(line: OrderLine, days_ago: int, now: datetime) -> DeliveryClaim | None:
    keeper = Membership.objects.filter(distributor=line.order.distributor_id, role__in=[Role.OWNER, Role.KEEPER])
    shipment = line.order.shipments.get()
    receive_shipment(
        shipment_id=shipment.pk,
        actor=keeper.order_by("pk")[0].person,
        now=now - timedelta(days=days_ago),
        lines={shipment.lines.get().pk: ReceivedLine(quantity=line.ordered - 3, damaged=2, kind="short")},
        unordered=[UnorderedGoods(product_id=line.product_id, quantity=1)] if not days_ago else [],
    )
    return DeliveryClaim.objects.filter(shipment=shipment).first()
