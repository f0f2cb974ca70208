"""Files of agreements, such as the stamped scan: the type is what the first bytes say, and the hash is kept."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

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


def checked_type(scan: Scan, *, field: str) -> tuple[str, str]:
    """The media type of a file by its first bytes, and the ending it is stored with.

    Raises InvalidInput at `field` for a file that is empty, too large, or neither PDF, JPEG nor PNG.
    """
    if not scan.content:
        raise InvalidInput(_("The file is empty."), code="empty", field=field)
    if len(scan.content) > LARGEST_SCAN:
        raise InvalidInput(_("The file is larger than 10 MB."), code="too_large", field=field)
    known = [(kind, ending) for signature, kind, ending in _SIGNATURES if scan.content.startswith(signature)]
    if not known:
        raise InvalidInput(_("Upload a PDF, a JPEG or a PNG."), code="media_type", field=field)
    return known[0]


def keep_file(row: Any, name: str, scan: Scan, *, field: str) -> FieldFile:
    """Store a file under a name of ours and set the fields `name`, `name_name`, `name_type` and `name_hash` of a row.

    Does not save the row. Returns the file. Raises as `checked_type`.
    """
    media_type, ending = checked_type(scan, field=field)
    file: FieldFile = getattr(row, name)
    file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(scan.content), save=False)
    setattr(row, f"{name}_name", scan.name[-_LONGEST_NAME:])
    setattr(row, f"{name}_type", media_type)
    setattr(row, f"{name}_hash", hashlib.sha256(scan.content).hexdigest())
    return file
