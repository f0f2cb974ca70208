"""The status of claims follows from their pieces: decided or not, and re-shipped ones received or not."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from core.events import EventInput, ExtraSubject, record_events
from orders.fulfilment.claims.enums import CLAIM, ClaimEvent, ClaimStatus
from orders.fulfilment.claims.models import ClaimDecision, DeliveryClaim

STATUS = f"""
CASE
    WHEN EXISTS (
        SELECT FROM orders_deliveryclaimline AS line
        WHERE line.claim_id = claim.id
          AND line.pieces > line.credited + line.reshipped + line.refused + line.accepted + line.sent_back
    ) THEN '{ClaimStatus.OPEN}'
    WHEN EXISTS (
        SELECT FROM orders_claimdecision AS decision
        JOIN orders_deliveryclaimline AS line ON line.id = decision.line_id
        WHERE line.claim_id = claim.id AND decision.outcome = 'reship'
          AND decision.pieces - decision.called_off > (
              SELECT COALESCE(SUM(part.quantity), 0) FROM orders_shipmentline AS part
              WHERE part.order_line_id = decision.replacement_line_id AND part.received IS NOT NULL
          )
    ) THEN '{ClaimStatus.RESHIPPING}'
    ELSE '{ClaimStatus.CLOSED}'
END
"""  # noqa: S608 - put together from constants
"""SQL: what the status of `claim` is to be. What comes short of a re-shipment stands on a claim of its own."""
_SETTLE = f"""
UPDATE orders_deliveryclaim AS claim
SET status = settled.status, closed_at = CASE WHEN settled.status = '{ClaimStatus.CLOSED}' THEN %(now)s::timestamptz END
FROM (SELECT claim.id, {STATUS} AS status FROM orders_deliveryclaim AS claim WHERE claim.id = ANY(%(claims)s)) AS settled
WHERE claim.id = settled.id AND claim.status <> settled.status
RETURNING claim.id
"""  # noqa: S608 - put together from constants, values are bound


def settle_claims(claim_ids: Collection[int], *, actor_id: int | None, now: datetime) -> None:
    """Give claims the status that their pieces have; those that close get their event.

    Before: inside the transaction of the change; the claims are locked, or nobody else changes them. A fixed number of
    statements.
    """
    if not claim_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"claims": sorted(claim_ids), "now": now})
        changed = [pk for (pk,) in cursor.fetchall()]
    closed = DeliveryClaim.objects.filter(pk__in=changed, status=ClaimStatus.CLOSED).select_related("order")
    record_events(
        [
            EventInput(
                kind=ClaimEvent.CLOSED,
                subject_type=CLAIM,
                subject_id=claim.pk,
                distributor_id=claim.distributor_id,
                extra_subjects=[ExtraSubject("order", claim.order_id, "order")],
                data={
                    "number": claim.number,
                    "order": claim.order.number,
                    "manager_id": claim.order.manager_id,
                    "after": claim.status,
                },
            )
            for claim in closed
        ],
        actor_id=actor_id,
        at=now,
    )


def lock_replaced(order_ids: Collection[int]) -> list[int]:
    """Lock the claims whose pieces these orders send once more; returns them. Before: the orders are locked, no stock is."""
    ids = ClaimDecision.objects.filter(replacement_line__order__in=order_ids).values("line__claim_id")
    locked = DeliveryClaim.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return list(locked.values_list("pk", flat=True))
