"""What is sent to web addresses that people of the program entered: bounded, never to one's own machines, no redirects."""

from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import httpcore
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from messaging.services.network import BoundedNetwork, Deadline, is_public

SECONDS: Final = 10.0
"""For one call in all: a byte now and then does not make it longer."""
MOST_BYTES: Final = 64_000
LONGEST_URL: Final = 500
_STEP: Final = {"connect": 5.0, "read": 10.0, "write": 10.0, "pool": 5.0}


class CallRefused(Exception):
    """The other side did not take it, or could not be asked; the outbox tries again. `status` is None without an answer."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        self.status = status
        super().__init__(reason)


def check_address(url: str, *, field: str = "url") -> None:
    """Raises InvalidInput unless this is a web address that may be called, as far as its text says it.

    What a name means is looked at when it is called, each time anew.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    is_web = parts.scheme in {"http", "https"} and host and not parts.username and not parts.password
    if not is_web or len(url) > LONGEST_URL or not url.isascii() or any(one.isspace() for one in url):
        raise InvalidInput(_("Enter a web address that begins with https://."), code="invalid_address", field=field)
    if not settings.WEBHOOK_PRIVATE_ADDRESSES and _is_private_text(host):
        raise InvalidInput(_("Addresses of private networks are not called."), code="private_address", field=field)


def _is_private_text(host: str) -> bool:
    try:
        return not is_public(str(ip_address(host)))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def post(url: str, content: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Send `content` and return status and the beginning of the answer. Raises CallRefused; a redirect is not followed."""
    network = BoundedNetwork(Deadline(SECONDS), allow_private=settings.WEBHOOK_PRIVATE_ADDRESSES)
    sent = [*{"Accept-Encoding": "identity", "User-Agent": "Tributary", **headers}.items()]
    try:
        with (
            httpcore.ConnectionPool(network_backend=network) as pool,
            pool.stream("POST", url, headers=sent, content=content, extensions={"timeout": _STEP}) as response,
        ):
            answer = bytearray()
            for chunk in response.iter_stream():
                answer += chunk
                if len(answer) > MOST_BYTES:
                    break
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        raise CallRefused(f"{type(error).__name__} {error}".strip()) from error
    except (httpcore.UnsupportedProtocol, ValueError) as error:  # no address that can be called
        raise CallRefused(str(error)) from error
    if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
        raise CallRefused(f"status {response.status}", status=response.status)
    return response.status, bytes(answer[:MOST_BYTES])


def server_of(url: str) -> str:
    """What is left alone when it does not answer: host and port, whatever the rest of the address."""
    return urlsplit(url).netloc.lower()[:260]
