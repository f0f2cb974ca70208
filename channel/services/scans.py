"""The stamped scan of an agreement: its type is what its first bytes say, and its hash is kept."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from channel.models import Agreement
from core.errors import InvalidInput

LARGEST_SCAN = 10 * 1024 * 1024
_SIGNATURES = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)
_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The stamped agreement as a file, and what it was called where it came from."""

    name: str
    content: bytes

    @classmethod
    def of(cls, upload: "UploadedFile[bytes]") -> Self:
        """An uploaded file, of which no more is read than is needed to see that it is too large."""
        return cls(name=upload.name or "", content=upload.read(LARGEST_SCAN + 1))


@contextmanager
def removed_on_failure() -> Iterator[list[FieldFile]]:
    """Files that are written in a transaction and put into this list go again where it is rolled back."""
    written: list[FieldFile] = []
    try:
        yield written
    except BaseException:
        for file in written:
            if file.name:
                file.storage.delete(file.name)
        raise


def keep_scan(agreement: Agreement, scan: Scan) -> FieldFile:
    """Store a scan under a name of ours and set the fields of the agreement; does not save it. Returns the file.

    Raises InvalidInput at `scan` for a file that is empty, too large, or neither PDF, JPEG nor PNG.
    """
    if not scan.content:
        raise InvalidInput(_("The file is empty."), code="empty", field="scan")
    if len(scan.content) > LARGEST_SCAN:
        raise InvalidInput(_("The file is larger than 10 MB."), code="too_large", field="scan")
    known = [(kind, ending) for signature, kind, ending in _SIGNATURES if scan.content.startswith(signature)]
    if not known:
        raise InvalidInput(_("Upload a PDF, a JPEG or a PNG."), code="media_type", field="scan")
    media_type, ending = known[0]
    agreement.scan.save(f"{secrets.token_hex(16)}{ending}", ContentFile(scan.content), save=False)
    agreement.scan_name = scan.name[-_LONGEST_NAME:]
    agreement.scan_type = media_type
    agreement.scan_hash = hashlib.sha256(scan.content).hexdigest()
    return agreement.scan
