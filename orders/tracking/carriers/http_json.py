"""A carrier with a JSON service: GET {base_url}/shipments/{tracking number}/events."""

import random
import time
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlsplit

import httpx

from core.errors import InvalidInput
from orders.fulfilment.models import Carrier
from orders.tracking.carriers.messages import read_events
from orders.tracking.carriers.secrets import secret_of, signature_of
from orders.tracking.errors import CarrierUnavailable, SignatureRefused
from orders.tracking.services.recording import TrackingUpdate

TRIES: Final = 3
MOST_BYTES: Final = 1_000_000
TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
_PASSING = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE})


class HttpJsonClient:
    """Asks again after a pause where the carrier stumbles; follows no redirect, reads no endless answer."""

    def __init__(self, carrier: Carrier, *, pause: float = 0.5) -> None:
        if urlsplit(carrier.base_url).scheme not in {"http", "https"}:
            raise CarrierUnavailable
        self.carrier = carrier
        self.pause = pause

    def events(self, tracking_number: str) -> list[TrackingUpdate]:
        """Raises CarrierUnavailable when no usable answer came in three tries, or at once when it is refused."""
        address = f"{self.carrier.base_url.rstrip('/')}/shipments/{quote(tracking_number, safe='')}/events"
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
            for attempt in range(TRIES):
                if attempt:
                    time.sleep(self.pause * 2**attempt * random.uniform(0.5, 1.0))  # noqa: S311 - jitter is no secret
                content = self._ask(client, address)
                if content is not None:
                    return _updates(content)
        raise CarrierUnavailable

    def _ask(self, client: httpx.Client, address: str) -> bytes | None:
        """The body, or None where another try may help."""
        try:
            with client.stream("GET", address, headers=self._headers(address)) as response:
                if response.status_code in _PASSING or response.is_server_error:
                    return None
                if response.status_code != HTTPStatus.OK:
                    raise CarrierUnavailable
                return _limited(response)
        except httpx.TransportError:
            return None

    def _headers(self, address: str) -> dict[str, str]:
        """Signed like the carrier's own messages, where there is a secret."""
        try:
            secret = secret_of(self.carrier)
        except SignatureRefused:
            return {}
        timestamp = str(int(time.time()))
        path = urlsplit(address).path.encode()
        signature = signature_of(secret=secret, timestamp=timestamp, content=path)
        return {"X-Timestamp": timestamp, "X-Signature": signature}


def _limited(response: httpx.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MOST_BYTES:
            raise CarrierUnavailable
    return bytes(content)


def _updates(content: bytes) -> list[TrackingUpdate]:
    try:
        return [update for _number, update in read_events(content)]
    except InvalidInput as error:
        raise CarrierUnavailable from error
