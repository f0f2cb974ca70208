"""Asking carriers about everything that is on its way."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q

from core.errors import DomainError
from orders.fulfilment.enums import CarrierKind, ShipmentStatus
from orders.fulfilment.models import Shipment
from orders.tracking.carriers.client import client_for
from orders.tracking.services.recording import record_tracking

EVERY = timedelta(minutes=10)
BATCH = 100
ROUND_SECONDS = 120.0
"""A round ends before the next one begins; what it did not come to is asked ten minutes later."""
log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Fetched:
    """What came of one round."""

    asked: int = 0
    recorded: int = 0
    failed: int = 0


def fetch_tracking(*, now: datetime, limit: int = BATCH) -> Fetched:
    """Ask the carriers about up to `limit` shipments not polled for ten minutes, the longest first.

    Each shipment is marked as asked before its carrier is, so that two rounds do not ask twice; no transaction is open
    while a carrier answers. A carrier that does not answer is left alone for the rest of the round.
    """
    result, silent = Fetched(), set[int | None]()
    until = time.monotonic() + ROUND_SECONDS
    for shipment in _take(now, limit):
        if time.monotonic() > until:
            break
        if shipment.carrier is None or shipment.carrier_id in silent:
            continue
        result.asked += 1
        try:
            updates = client_for(shipment.carrier).events(shipment.tracking_number)
            result.recorded += record_tracking(shipment_id=shipment.pk, actor=None, updates=updates)
        except Exception as error:  # whatever one carrier sends must not stop the news of the others
            known = isinstance(error, DomainError)
            log.log(
                logging.WARNING if known else logging.ERROR,
                "carrier_failed",
                carrier=shipment.carrier.code,
                shipment=shipment.number,
                reason=str(error),
                exc_info=not known,
            )
            silent.add(shipment.carrier_id)
            result.failed += 1
    return result


@transaction.atomic
def _take(now: datetime, limit: int) -> list[Shipment]:
    due = (
        Shipment.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("carrier")
        .filter(status=ShipmentStatus.SHIPPED, carrier__kind=CarrierKind.HTTP, carrier__is_active=True)
        .exclude(tracking_number="")
        .filter(Q(polled_at__isnull=True) | Q(polled_at__lte=now - EVERY))
        .order_by(F("polled_at").asc(nulls_first=True), "pk")
    )
    taken = list(due[:limit])
    Shipment.objects.filter(pk__in=[shipment.pk for shipment in taken]).update(polled_at=now)
    return taken
