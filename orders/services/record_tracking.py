"""What carriers say of a shipment: written once each, and acted on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.rules import require
from orders.enums import ShipmentStatus, TrackingCode
from orders.models import TrackingEvent
from orders.rules import can_track
from orders.services.deliver_shipment import note_delivery
from orders.services.locking import lock_order_of_shipment


@dataclass(frozen=True, kw_only=True)
class TrackingFact:
    """One event of a carrier's. `external_id` is the carrier's number of it."""

    external_id: str
    code: TrackingCode
    at: datetime
    description: str = ""
    location: str = ""


@transaction.atomic
def record_tracking(*, shipment_id: int, actor: User | None, facts: Sequence[TrackingFact]) -> int:
    """Append what is new of a carrier's events to a shipment; returns how many were. The same event counts once.

    `actor` None is the carrier itself. A delivery delivers the shipment, and with the last one the order. Raises
    NotVisible, NotAllowed.
    """
    order, shipment = lock_order_of_shipment(shipment_id=shipment_id, actor=actor, expected_version=None)
    require(actor is None or can_track(actor, shipment))
    asked = {fact.external_id: fact for fact in facts}
    known = set(
        TrackingEvent.objects.filter(shipment=shipment, external_id__in=asked).values_list("external_id", flat=True)
    )
    new = sorted((fact for key, fact in asked.items() if key not in known), key=lambda fact: fact.at)
    TrackingEvent.objects.bulk_create(
        [
            TrackingEvent(
                shipment=shipment,
                external_id=fact.external_id,
                code=fact.code,
                description=fact.description[:300],
                location=fact.location[:200],
                at=fact.at,
            )
            for fact in new
        ]
    )
    delivered = next((fact for fact in new if fact.code == TrackingCode.DELIVERED), None)
    if delivered and shipment.status == ShipmentStatus.SHIPPED:
        note_delivery(order, shipment, at=delivered.at, actor=actor)
    return len(new)
