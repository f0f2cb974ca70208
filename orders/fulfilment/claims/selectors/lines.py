"""The lines of delivery claims, ready to show."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from orders.fulfilment.claims.enums import UNORDERED, ClaimKind
from orders.fulfilment.claims.models import ClaimDecision, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.querysets import DECIDED

_SUMS = {
    "missing": Coalesce(Sum("pieces", filter=Q(kind=ClaimKind.MISSING)), 0),
    "damaged": Coalesce(Sum("pieces", filter=Q(kind=ClaimKind.DAMAGED)), 0),
    "unordered": Coalesce(Sum("pieces", filter=Q(kind__in=sorted(UNORDERED))), 0),
    "open_pieces": Coalesce(Sum(F("pieces") - DECIDED), 0),
}


def with_pieces(claims: Sequence[Any]) -> Sequence[Any]:
    """Set of each claim how many pieces are missing, damaged, not ordered, and still to be decided. One query."""
    rows = DeliveryClaimLine.objects.filter(claim__in=[claim.pk for claim in claims]).order_by().values("claim_id")
    found = {row["claim_id"]: row for row in rows.annotate(**_SUMS)}
    for claim in claims:
        for name in _SUMS:
            setattr(claim, name, found.get(claim.pk, {}).get(name, 0))
    return claims


def lines_of_claims(claim_ids: Sequence[int]) -> list[DeliveryClaimLine]:
    """The lines of these claims in the order of `claim_ids`, with product, photos and decisions. Four queries."""
    place = {pk: number for number, pk in enumerate(claim_ids)}
    rows = DeliveryClaimLine.objects.filter(claim__in=claim_ids).select_related("product", "claim__order", "block")
    joined = rows.prefetch_related("photos", "decisions__replacement_line__order", "decisions__decided_by")
    return sorted(joined, key=lambda line: (place[line.claim_id], line.pk))


def claim_of_shipments(shipment_ids: Sequence[int]) -> dict[int, DeliveryClaim]:
    """The claims of shipments, by shipment. One query."""
    return {claim.shipment_id: claim for claim in DeliveryClaim.objects.filter(shipment__in=shipment_ids)}


def replaced_by(order_id: int) -> DeliveryClaim | None:
    """The claim whose pieces an order sends once more, if it is a re-shipment. One query."""
    decisions = ClaimDecision.objects.filter(replacement_line__order=order_id).select_related("line__claim")
    found = decisions.first()
    return found.line.claim if found else None
