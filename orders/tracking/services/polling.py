"""Asking carriers about everything that is on its way, each in its own time."""

import logging
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from core.errors import DomainError
from orders.fulfilment.enums import CarrierKind, ShipmentStatus
from orders.fulfilment.models import Carrier, Shipment
from orders.tracking.carriers.client import client_for
from orders.tracking.carriers.http_json import SECONDS
from orders.tracking.services.recording import TrackingUpdate, record_tracking

EVERY = timedelta(minutes=10)
BATCH = 100
CARRIER_SECONDS = 60.0
"""What one carrier gets of a round; what it did not come to is asked in the next one."""
AT_ONCE = 8
"""Carriers that are asked at the same time: nobody waits for another's slowness."""
log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Fetched:
    """What came of one round."""

    asked: int = 0
    recorded: int = 0
    failed: int = 0


@dataclass(kw_only=True)
class _CarrierRound:
    """What one carrier answered, what it failed with, and the shipments that it was not asked about."""

    received: list[tuple[Shipment, Sequence[TrackingUpdate]]] = field(default_factory=list)
    failure: tuple[Shipment, Exception] | None = None
    unasked: Sequence[Shipment] = ()


def fetch_tracking(*, now: datetime, limit: int = BATCH, seconds: float = SECONDS) -> Fetched:
    """Ask the carriers about up to `limit` shipments not polled for ten minutes, in turn and of each the longest first.

    `seconds` is the time for one question. Each shipment is marked as asked before its carrier is, so that two rounds do
    not ask twice; no transaction is open while a carrier answers. Carriers are asked beside each other. One that does not
    answer is left alone for the rest of the round: its other shipments are as if they had not been taken.
    """
    result, unasked = Fetched(), list[Shipment]()
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        rounds = [pool.submit(_ask, shipments, seconds) for shipments in _by_carrier(_take(now, limit))]
        for done in as_completed(rounds):
            answers = done.result()
            unasked += answers.unasked
            result.asked += len(answers.received)
            for shipment, updates in answers.received:
                _record(shipment, updates, result)
            if answers.failure:
                result.asked += 1
                _note_failure(*answers.failure, result)
    Shipment.objects.bulk_update(unasked, ["polled_at"])
    return result


def _ask(shipments: Sequence[Shipment], seconds: float) -> _CarrierRound:
    """One carrier, about one shipment after the other. Uses no database: it runs beside the others."""
    answers, until = _CarrierRound(), time.monotonic() + CARRIER_SECONDS
    for number, shipment in enumerate(shipments):
        if time.monotonic() > until:
            answers.unasked = shipments[number:]
            break
        try:
            client = client_for(_carrier_of(shipment), seconds=seconds)
            answers.received.append((shipment, client.events(shipment.tracking_number)))
        except Exception as error:  # noqa: BLE001 - whatever one carrier sends must not stop the news of the others
            answers.failure = shipment, error
            answers.unasked = shipments[number + 1 :]
            break
    return answers


def _record(shipment: Shipment, updates: Sequence[TrackingUpdate], result: Fetched) -> None:
    try:
        result.recorded += record_tracking(shipment_id=shipment.pk, actor=None, updates=updates)
    except Exception as error:  # noqa: BLE001 - likewise
        _note_failure(shipment, error, result)


def _note_failure(shipment: Shipment, error: Exception, result: Fetched) -> None:
    known = isinstance(error, DomainError)
    log.log(
        logging.WARNING if known else logging.ERROR,
        "carrier_failed",
        carrier=_carrier_of(shipment).code,
        shipment=shipment.number,
        reason=str(error),
        exc_info=None if known else error,
    )
    result.failed += 1


def _carrier_of(shipment: Shipment) -> Carrier:
    if shipment.carrier is None:
        raise LookupError(shipment.number)
    return shipment.carrier


def _by_carrier(shipments: Iterable[Shipment]) -> list[list[Shipment]]:
    found: dict[int | None, list[Shipment]] = {}
    for shipment in shipments:
        found.setdefault(shipment.carrier_id, []).append(shipment)
    return list(found.values())


@transaction.atomic
def _take(now: datetime, limit: int) -> list[Shipment]:
    """Marked as asked now; `polled_at` of the answer is what it was before."""
    longest = [F("polled_at").asc(nulls_first=True), F("pk").asc()]
    due = (
        Shipment.objects.filter(status=ShipmentStatus.SHIPPED, carrier__kind=CarrierKind.HTTP, carrier__is_active=True)
        .exclude(tracking_number="")
        .filter(Q(polled_at__isnull=True) | Q(polled_at__lte=now - EVERY))
    )
    turns = due.annotate(turn=Window(RowNumber(), partition_by="carrier_id", order_by=longest)).order_by("turn", "pk")
    ids = list(turns.values_list("pk", flat=True)[:limit])
    rows = Shipment.objects.select_for_update(skip_locked=True, of=("self",)).select_related("carrier")
    taken = list(rows.filter(pk__in=ids, status=ShipmentStatus.SHIPPED).order_by(*longest))
    Shipment.objects.filter(pk__in=[shipment.pk for shipment in taken]).update(polled_at=now)
    return taken
