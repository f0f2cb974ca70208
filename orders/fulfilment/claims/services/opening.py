"""A delivery claim is opened by a receipt that differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from company.enums import DocumentKind
from company.services.number_series import next_number
from core.actors import Actor
from inventory.services.channel_blocks import block_at_distributor
from messaging.services.files import Attachment
from orders.fulfilment.claims.enums import ClaimEvent, ClaimKind
from orders.fulfilment.claims.models import DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.services.amounts import claimed_before, lock_lines, paid_lines, worth_of
from orders.fulfilment.claims.services.photos import keep_photos
from orders.fulfilment.claims.services.recording import record_claim_event
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.ordering.models import Order


@dataclass(frozen=True, kw_only=True)
class Difference:
    """So many pieces of a product that differ in one way. Goods that nobody ordered have no line of the shipment."""

    kind: ClaimKind
    product_id: int
    pieces: int
    shipment_line: ShipmentLine | None = None
    reason: str = ""
    note: str = ""
    photos: Sequence[Attachment] = ()


def lock_paid_lines(differences: Sequence[Difference]) -> None:
    """Lock the lines that give the pieces their price. Before: the order is locked, no stock is. Two queries, or none."""
    shipped = [one.shipment_line.order_line_id for one in differences if one.shipment_line is not None]
    if shipped:
        lock_lines(set(paid_lines(shipped).values()))


def open_claim(
    order: Order, shipment: Shipment, differences: Sequence[Difference], *, actor: Actor, now: datetime
) -> DeliveryClaim:
    """Open the claim of a receipt with its clock, by the agreement or the company, and block what is damaged at the receiver.

    Before: order, shipment and the lines paid for are locked, the goods that came are in the receiver's stock, `differences`
    are not empty and name each line and kind once. Records one event. A fixed number of statements, and one a photo.
    """
    day = timezone.localdate(now)
    claim = DeliveryClaim(
        company_id=order.company_id,
        number=next_number(kind=DocumentKind.DELIVERY_CLAIM, company_id=order.company_id, on=day),
        order=order,
        shipment=shipment,
        distributor_id=order.distributor_id,
        currency=order.currency,
        exchange_rate=order.exchange_rate,
        opened_at=now,
        opened_by_id=actor.pk,
        due_on=day + timedelta(days=days_to_decide(order)),
    )
    lines = _lines(claim, differences)
    claim.net_amount = sum((line.net_amount for line in lines), Decimal(0))
    claim.tax_amount = sum((line.tax_amount for line in lines), Decimal(0))
    claim.total_amount = claim.net_amount + claim.tax_amount
    claim.save(force_insert=True)
    _block_damaged(claim, lines, actor_id=actor.pk, now=now)
    DeliveryClaimLine.objects.bulk_create(lines)
    keep_photos({line.pk: one.photos for line, one in zip(lines, differences, strict=True)})
    pieces = {kind.value: sum(one.pieces for one in differences if one.kind == kind) for kind in ClaimKind}
    record_claim_event(
        claim, ClaimEvent.OPENED, actor_id=actor.pk, now=now, shipment=shipment.number, due_on=str(claim.due_on),
        total_amount=str(claim.total_amount), currency=claim.currency, **pieces,
    )  # fmt: skip
    return claim


def days_to_decide(order: Order) -> int:
    """As the agreement of the order says, else as its company has set."""
    agreed = order.agreement.claim_days if order.agreement else None
    return order.company.claim_days if agreed is None else agreed


def _lines(claim: DeliveryClaim, differences: Sequence[Difference]) -> list[DeliveryClaimLine]:
    shipped = [one.shipment_line.order_line_id for one in differences if one.shipment_line is not None]
    paid = paid_lines(shipped)
    priced = lock_lines(set(paid.values()))
    before = dict(claimed_before(priced))
    lines = []
    for one in differences:
        line = DeliveryClaimLine(
            claim=claim,
            kind=one.kind,
            product_id=one.product_id,
            shipment_line=one.shipment_line,
            pieces=one.pieces,
            reason=one.reason,
            note=one.note.strip(),
        )
        if one.shipment_line is not None:
            source = priced[paid[one.shipment_line.order_line_id]]
            line.order_line = source
            counted = before.get(source.pk, 0)
            worth = worth_of(source, before=counted, pieces=one.pieces, currency=claim.currency)
            line.net_amount, line.tax_amount = worth
            before[source.pk] = counted + one.pieces
        lines.append(line)
    return lines


def _block_damaged(claim: DeliveryClaim, lines: Sequence[DeliveryClaimLine], *, actor_id: int, now: datetime) -> None:
    damaged = [line for line in lines if line.kind == ClaimKind.DAMAGED]
    receiver_id = claim.order.goods_receiver_id
    if not damaged or receiver_id is None:
        return
    blocks = block_at_distributor(
        company_id=claim.company_id,
        distributor_id=receiver_id,
        product_ids=[line.product_id for line in damaged],
        quantities=[line.pieces for line in damaged],
        note=claim.number or "",
        actor_id=actor_id,
        at=now,
    )
    for line, block in zip(damaged, blocks, strict=False):  # none where the stock is not kept here
        line.block = block
