"""A signed message of a carrier: its events, written to the shipments that they are of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from orders.fulfilment.enums import CarrierKind
from orders.fulfilment.models import Carrier, Shipment
from orders.tracking.carriers.messages import read_events
from orders.tracking.carriers.secrets import is_signed, secret_of
from orders.tracking.errors import SignatureRefused
from orders.tracking.services.recording import TrackingUpdate, record_tracking

WINDOW = timedelta(minutes=5)
MOST_BYTES = 262_144
_LONGEST_TIMESTAMP = 12


@dataclass(frozen=True, kw_only=True)
class Taken:
    """How many events were new, and for how many no shipment is known."""

    recorded: int
    unknown: int


def take_carrier_message(*, carrier_code: str, content: bytes, timestamp: str, signature: str, now: datetime) -> Taken:
    """Take a message whose `signature` is the HMAC-SHA256 of `timestamp.content` with the carrier's secret.

    A message more than five minutes old or new, too large, wrongly signed, or of a carrier that is not in use is
    refused alike (SignatureRefused). A repeat within the window changes nothing: each event counts once. Raises
    InvalidInput for content that is no list of events.
    """
    carrier = _signed_by(carrier_code, content, timestamp, signature, now)
    by_number: dict[str, list[TrackingUpdate]] = {}
    for number, update in read_events(content):
        by_number.setdefault(number, []).append(update)
    known = Shipment.objects.filter(carrier=carrier, tracking_number__in=[number for number in by_number if number])
    recorded, found = 0, set()
    with transaction.atomic():
        for shipment_id, number in known.order_by("order_id", "pk").values_list("pk", "tracking_number"):
            recorded += record_tracking(shipment_id=shipment_id, actor=None, updates=by_number[number])
            found.add(number)
    unknown = sum(len(updates) for number, updates in by_number.items() if number not in found)
    return Taken(recorded=recorded, unknown=unknown)


def _signed_by(code: str, content: bytes, timestamp: str, signature: str, now: datetime) -> Carrier:
    if len(content) > MOST_BYTES or not _is_recent(timestamp, now):
        raise SignatureRefused
    carrier: Carrier | None = Carrier.objects.filter(code=code, kind=CarrierKind.HTTP, is_active=True).first()
    if carrier is None:
        raise SignatureRefused
    if not is_signed(secret=secret_of(carrier), timestamp=timestamp, content=content, signature=signature):
        raise SignatureRefused
    return carrier


def _is_recent(timestamp: str, now: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _LONGEST_TIMESTAMP):
        return False
    return abs(now.timestamp() - int(timestamp)) <= WINDOW.total_seconds()
