"""A re-shipment that is cancelled: its pieces are on their claim again."""

from datetime import datetime

from django.db import transaction

from core.errors import NotVisible
from core.models import Event
from inventory.selectors.availability import Place
from inventory.services.differences import post_differences
from orders.fulfilment.claims.enums import ClaimCause, ClaimEvent
from orders.fulfilment.claims.models import ClaimDecision, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.services.recording import record_claim_event
from orders.fulfilment.claims.services.settling import settle_claims
from orders.ordering.enums import OrderEvent
from orders.ordering.services.locking import lock_order

TOPICS = (OrderEvent.CANCELLED, OrderEvent.REJECTED, OrderEvent.REST_CANCELLED, OrderEvent.CHANGE_ACCEPTED)


def reopen_called_off(event: Event) -> None:
    """Outbox consumer: an order, or what was left of it, was called off."""
    decide_again(order_id=event.subject_id, now=event.at)


@transaction.atomic
def decide_again(*, order_id: int, now: datetime) -> int:
    """Put the pieces that an order was to replace and will not onto their claim again; returns how many.

    Pieces that were found again in the warehouse are a difference again. One event of the claim where there are any.
    Running it again changes nothing.
    """
    if not ClaimDecision.objects.filter(replacement_line__order=order_id).exists():
        return 0
    try:
        order = lock_order(order_id=order_id, actor=None, expected_version=None)
    except NotVisible:
        return 0
    rows = list(
        ClaimDecision.objects.filter(replacement_line__order=order_id)
        .select_related("line", "replacement_line")
        .order_by("pk")
    )
    claim = DeliveryClaim.objects.select_for_update().get(pk=rows[0].line.claim_id)
    found: dict[Place, int] = {}
    total = 0
    for row in rows:
        replacement = row.replacement_line
        if replacement is None:
            continue
        more = min(replacement.cancelled, row.pieces) - row.called_off
        if more <= 0:
            continue
        total += more
        row.called_off += more
        row.line.reshipped -= more
        place = (replacement.warehouse_id or order.warehouse_id or 0, replacement.product_id)
        if row.cause == ClaimCause.MISPICK and place[0]:
            found[place] = found.get(place, 0) - more
    if total:
        DeliveryClaimLine.objects.bulk_update([row.line for row in rows], ["reshipped"])
        ClaimDecision.objects.bulk_update(rows, ["called_off"])
        post_differences(pieces=found, reference=claim.number or "", actor_id=None, at=now)
        record_claim_event(
            claim, ClaimEvent.RESHIPMENT_CALLED_OFF, actor_id=None, now=now, pieces=total, reship_order=order.number
        )
        settle_claims([claim.pk], actor_id=None, now=now)
    return total
