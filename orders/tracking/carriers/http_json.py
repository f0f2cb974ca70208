"""A carrier with a JSON service: GET {base_url}/shipments/{tracking number}/events."""

import random
import time
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlsplit

import httpcore
from django.conf import settings

from core.errors import InvalidInput
from messaging.services.network import BoundedNetwork, Deadline
from orders.fulfilment.models import Carrier
from orders.tracking.carriers.messages import read_events
from orders.tracking.carriers.secrets import secret_of, signature_of
from orders.tracking.errors import CarrierUnavailable, SignatureRefused
from orders.tracking.services.recording import TrackingUpdate

TRIES: Final = 3
MOST_BYTES: Final = 1_000_000
SECONDS: Final = 20.0
"""For one question with all its tries. A byte now and then does not make an answer longer."""
_STEP: Final = {"connect": 5.0, "read": 10.0, "write": 10.0, "pool": 5.0}
_PASSING = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE})


class HttpJsonClient:
    """Asks again after a pause where the carrier stumbles; follows no redirect, reads no endless or packed answer."""

    def __init__(self, carrier: Carrier, *, pause: float = 0.5, seconds: float = SECONDS) -> None:
        if urlsplit(carrier.base_url).scheme not in {"http", "https"}:
            raise CarrierUnavailable
        self.carrier = carrier
        self.pause = pause
        self.seconds = seconds

    def events(self, tracking_number: str) -> list[TrackingUpdate]:
        """Raises CarrierUnavailable when no usable answer came in three tries, or at once when it is refused."""
        address = f"{self.carrier.base_url.rstrip('/')}/shipments/{quote(tracking_number, safe='')}/events"
        deadline = Deadline(self.seconds)
        network = BoundedNetwork(deadline, allow_private=settings.CARRIER_PRIVATE_ADDRESSES)
        with httpcore.ConnectionPool(network_backend=network) as pool:
            for attempt in range(TRIES):
                if attempt:
                    time.sleep(self.pause * 2**attempt * random.uniform(0.5, 1.0))  # noqa: S311 - jitter is no secret
                content = self._ask(pool, address)
                if content is not None:
                    return _updates(content)
        raise CarrierUnavailable

    def _ask(self, pool: httpcore.ConnectionPool, address: str) -> bytes | None:
        """The body, or None where another try may help."""
        try:
            with pool.stream(
                "GET", address, headers=[*self._headers(address).items()], extensions={"timeout": _STEP}
            ) as response:
                if response.status in _PASSING or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    return None
                packed = dict(response.headers).get(b"content-encoding", b"identity").lower() != b"identity"
                if response.status != HTTPStatus.OK or packed:
                    raise CarrierUnavailable
                return _limited(response)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError):
            return None
        except (httpcore.UnsupportedProtocol, ValueError) as error:  # no address that can be asked
            raise CarrierUnavailable from error

    def _headers(self, address: str) -> dict[str, str]:
        """Signed like the carrier's own messages, where there is a secret."""
        plain = {"Accept": "application/json", "Accept-Encoding": "identity"}  # unpacking comes before any limit
        try:
            secret = secret_of(self.carrier)
        except SignatureRefused:
            return plain
        timestamp = str(int(time.time()))
        path = urlsplit(address).path.encode()
        signature = signature_of(secret=secret, timestamp=timestamp, content=path)
        return {**plain, "X-Timestamp": timestamp, "X-Signature": signature}


def _limited(response: httpcore.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise CarrierUnavailable
    return bytes(content)


def _updates(content: bytes) -> list[TrackingUpdate]:
    try:
        return [update for _number, update in read_events(content)]
    except InvalidInput as error:
        raise CarrierUnavailable from error
