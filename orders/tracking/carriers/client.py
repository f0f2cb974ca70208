"""What the program wants of a carrier, and which client speaks to which."""

from typing import Protocol

from orders.fulfilment.enums import CarrierKind
from orders.fulfilment.models import Carrier
from orders.tracking.carriers.http_json import SECONDS, HttpJsonClient
from orders.tracking.services.recording import TrackingUpdate


class CarrierClient(Protocol):
    """Asks a carrier what happened to a shipment."""

    def events(self, tracking_number: str) -> list[TrackingUpdate]:
        """Everything the carrier knows of it, in any order. Raises CarrierUnavailable."""
        ...


class ManualClient:
    """A carrier without a service: people note what they hear."""

    def events(self, _tracking_number: str) -> list[TrackingUpdate]:
        return []


def client_for(carrier: Carrier, *, seconds: float = SECONDS) -> CarrierClient:
    """`seconds` is the time for one question."""
    return HttpJsonClient(carrier, seconds=seconds) if carrier.kind == CarrierKind.HTTP else ManualClient()
