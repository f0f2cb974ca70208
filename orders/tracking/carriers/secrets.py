"""The secret shared with a carrier, and what is signed with it."""

import hashlib
import hmac
import os
import re
from pathlib import Path

from orders.fulfilment.models import Carrier
from orders.tracking.errors import SignatureRefused

_NAME = re.compile(r"CARRIER_[A-Z0-9_]{1,56}")
LEAST_LENGTH = 16


def secret_of(carrier: Carrier) -> bytes:
    """The value of the environment variable that the carrier names, or of the file that NAME_FILE names.

    Only variables called CARRIER_… are read, so that no other secret of the program is ever a carrier's. Raises
    SignatureRefused where there is none, or one too short to mean anything.
    """
    name = carrier.secret_name
    value = ""
    if _NAME.fullmatch(name):
        path = os.environ.get(f"{name}_FILE", "")
        value = Path(path).read_text().strip() if path else os.environ.get(name, "").strip()
    if len(value) < LEAST_LENGTH:
        raise SignatureRefused
    return value.encode()


def signature_of(*, secret: bytes, timestamp: str, content: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a full stop and the content, in hexadecimal."""
    return hmac.new(secret, timestamp.encode() + b"." + content, hashlib.sha256).hexdigest()


def is_signed(*, secret: bytes, timestamp: str, content: bytes, signature: str) -> bool:
    """Compared in constant time."""
    expected = signature_of(secret=secret, timestamp=timestamp, content=content)
    return hmac.compare_digest(expected.encode(), signature.encode())
