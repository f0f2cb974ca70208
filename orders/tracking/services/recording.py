"""What carriers say of a shipment: written once each, and acted on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from core.permissions import require
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.services.delivering import note_delivery
from orders.fulfilment.services.locking import lock_order_of_shipment
from orders.permissions import can_track
from orders.tracking.enums import TrackingCode
from orders.tracking.models import TrackingEvent


@dataclass(frozen=True, kw_only=True)
class TrackingUpdate:
    """One event of a carrier's. `external_id` is the carrier's number of it."""

    external_id: str
    code: TrackingCode
    at: datetime
    description: str = ""
    location: str = ""


_FIRST_YEAR = 1990
_AHEAD = timedelta(days=1)
"""How far a carrier's clock may go ahead of ours: nothing has happened in the future."""


@transaction.atomic
def record_tracking(*, shipment_id: int, actor: Actor | None, updates: Sequence[TrackingUpdate]) -> int:
    """Append what is new of a carrier's events to a shipment; returns how many were. The same event counts once.

    `actor` None is the carrier itself. A delivery delivers the shipment, and with the last one the order. Raises
    NotVisible, NotAllowed, and InvalidInput for a moment no parcel ever saw.
    """
    order, shipment = lock_order_of_shipment(shipment_id=shipment_id, actor=actor, expected_version=None)
    require(actor is None or can_track(actor, shipment))
    latest = timezone.now() + _AHEAD
    if any(update.at.year < _FIRST_YEAR or update.at > latest for update in updates):
        raise InvalidInput(_("Enter a valid date and time."), code="impossible_moment", field="at")
    asked = {update.external_id: update for update in updates}
    known = set(
        TrackingEvent.objects.filter(shipment=shipment, external_id__in=asked).values_list("external_id", flat=True)
    )
    new = sorted((update for key, update in asked.items() if key not in known), key=lambda update: update.at)
    TrackingEvent.objects.bulk_create(
        [
            TrackingEvent(
                shipment=shipment,
                external_id=update.external_id,
                code=update.code,
                description=update.description[:300],
                location=update.location[:200],
                at=update.at,
            )
            for update in new
        ]
    )
    delivered = next((update for update in new if update.code == TrackingCode.DELIVERED), None)
    if delivered and shipment.status == ShipmentStatus.SHIPPED:
        note_delivery(order, shipment, at=delivered.at, actor=actor)
    return len(new)
