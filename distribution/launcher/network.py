"""Which addresses a server that listens on an interface is reached by, and who may ask it under them."""

import io
import ipaddress
import socket
from collections.abc import Mapping

import psutil
import segno

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared with, not bound to
"""Addresses that mean every interface, with the one under which this machine reaches itself."""
VIRTUAL = ("docker", "br-", "veth", "virbr", "lo")
"""Interfaces of containers and virtual machines, which no phone is behind."""


def is_open(host: str) -> bool:
    """Whether others than this machine reach a server that listens there."""
    return host not in {"localhost", "::1"} and not host.startswith("127.")


def bracketed(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def local_address(host: str) -> str:
    """Under which this machine itself reaches the server."""
    return EVERYWHERE.get(host, host)


def addresses(host: str) -> list[str]:
    """Under which others reach a server that listens on `host`, the likeliest first; empty where nobody does."""
    if not is_open(host):
        return []
    if host not in EVERYWHERE:
        return [host]
    found = []
    for name, entries in sorted(psutil.net_if_addrs().items(), key=lambda item: item[0].startswith(VIRTUAL)):
        found += [entry.address for entry in entries if entry.family == socket.AF_INET and name != "lo"]
    return [entry for entry in dict.fromkeys(found) if not ipaddress.ip_address(entry).is_loopback]


def open_settings(host: str, port: int, given: Mapping[str, str]) -> dict[str, str]:
    """What the environment must say so that the server answers under these addresses; nothing where it is not open.

    Hosts and origins that somebody set stay, and stand first.
    """
    reached = [bracketed(entry) for entry in addresses(host)]
    if not is_open(host):
        return {}
    name = socket.gethostname()
    hosts = [*_listed(given.get("ALLOWED_HOSTS", "")), *LOOPBACK, *reached, name, f"{name}.local"]
    origins = [*_listed(given.get("CSRF_TRUSTED_ORIGINS", "")), *(f"http://{entry}:{port}" for entry in reached)]
    return {
        "ALLOWED_HOSTS": ",".join(dict.fromkeys(hosts)),
        "CSRF_TRUSTED_ORIGINS": ",".join(dict.fromkeys(origins)),
    }


def _listed(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",") if entry.strip()]


def qr_code(text: str) -> str:
    """The text as a QR code of a terminal: blocks of two rows a line, which every font with box drawing has."""
    drawing = io.StringIO()
    segno.make(text, micro=False).terminal(drawing, compact=True)
    return drawing.getvalue()
