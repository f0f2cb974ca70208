"""Goods that nobody ordered: the seller's until the buyer accepts them or sends them back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict
from core.permissions import require
from inventory.services.channel_blocks import dispose_at_distributor
from inventory.services.channel_stock import receive_at_distributor
from inventory.services.differences import post_differences
from orders.fulfilment.claims.enums import ClaimEvent, ClaimOutcome
from orders.fulfilment.claims.models import ClaimDecision, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.permissions import CLAIM_STATES, can_settle_surplus
from orders.fulfilment.claims.services.deciding import Decision, choose, keep, summed
from orders.fulfilment.claims.services.recording import lock_claim, record_claim_event
from orders.fulfilment.claims.services.settling import settle_claims
from orders.permissions import can_receive


def settle_surplus(
    *, claim_id: int, decisions: Sequence[Decision], actor: Actor, now: datetime, expected_version: int | None = None
) -> DeliveryClaim:
    """Accept surplus and wrong goods, or send them back: all decisions, or none.

    What is accepted leaves the seller's stock and enters the receiver's, where these are kept here; an order or an invoice for
    it is not made. What is sent back never left the seller's books. Records one event. Raises NotVisible, NotAllowed (only
    whoever receives for the distributor), StaleVersion, Conflict (closed or decided already), InvalidInput.
    """
    with explained(), transaction.atomic():
        claim = lock_claim(claim_id=claim_id, actor=actor, expected_version=expected_version)
        require(can_settle_surplus(actor, claim))
        CLAIM_STATES.advance(claim, "settle_surplus")
        lines = list(claim.lines.select_related("product").order_by("pk"))
        rows = [
            ClaimDecision(
                line=line, outcome=one.outcome, pieces=pieces, reason=one.reason.strip(), decided_at=now,
                decided_by_id=actor.pk,
            )
            for line, one, pieces in choose(lines, decisions, _problem_of_buyer)
        ]  # fmt: skip
        keep(lines, rows)
        _take_over(claim, [row for row in rows if row.outcome == ClaimOutcome.ACCEPT], actor=actor, now=now)
        record_claim_event(claim, ClaimEvent.SURPLUS_DECIDED, actor_id=actor.pk, now=now, **summed(rows))
        settle_claims([claim.pk], actor_id=actor.pk, now=now)
    claim.refresh_from_db()
    return claim


def _problem_of_buyer(line: DeliveryClaimLine, one: Decision) -> tuple[str, str, str] | None:
    if not line.is_unordered or not one.outcome.is_of_buyer:
        return "outcome", "wrong_outcome", _("Missing and damaged pieces are decided by the seller.")
    return None


def _take_over(claim: DeliveryClaim, rows: Sequence[ClaimDecision], *, actor: Actor, now: datetime) -> None:
    """From the seller's books into the buyer's. Stock is locked in the order of the products: the seller's first."""
    if not rows:
        return
    warehouse_id = claim.shipment.warehouse_id or claim.order.warehouse_id
    pieces: dict[int, int] = {}
    for row in rows:
        pieces[row.line.product_id] = pieces.get(row.line.product_id, 0) + row.pieces
    if warehouse_id is not None:
        post_differences(
            pieces={(warehouse_id, product): -number for product, number in pieces.items()},
            reference=claim.number or "",
            actor_id=actor.pk,
            at=now,
        )
    if claim.order.goods_receiver_id is not None:
        receive_at_distributor(
            distributor_id=claim.order.goods_receiver_id,
            product_ids=list(pieces),
            quantities=list(pieces.values()),
            reference=claim.number or "",
            actor_id=actor.pk,
            at=now,
        )


def dispose_damaged(
    *, claim_id: int, actor: Actor, now: datetime, expected_version: int | None = None
) -> DeliveryClaim:
    """Take the damaged pieces that the seller has replaced or credits out of the distributor's stock for good.

    Records one event. Raises NotVisible, NotAllowed (only whoever receives for the distributor), StaleVersion, and Conflict
    where no such pieces are blocked any more.
    """
    with explained(), transaction.atomic():
        claim = lock_claim(claim_id=claim_id, actor=actor, expected_version=expected_version)
        require(can_receive(actor, claim))
        pieces = {line.block_id or 0: line.to_dispose for line in disposable(claim)}
        if not pieces:
            raise Conflict(_("No damaged pieces are left to dispose of."), code="nothing_left")
        dispose_at_distributor(pieces=pieces, reference=claim.number or "", actor_id=actor.pk, now=now)
        record_claim_event(claim, ClaimEvent.DISPOSED, actor_id=actor.pk, now=now, pieces=sum(pieces.values()))
    claim.refresh_from_db()
    return claim


def disposable(claim: DeliveryClaim) -> list[DeliveryClaimLine]:
    """The lines with damaged pieces that are settled for the buyer and still blocked there. One query."""
    lines = claim.lines.filter(block__isnull=False).select_related("block").order_by("pk")
    return [line for line in lines if line.to_dispose > 0]
