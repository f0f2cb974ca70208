"""Attached files: bounded in size, of a type that their content shows, stored where Django's STORAGES say."""

import hashlib
import re
import secrets
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Self

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import InvalidInput

LARGEST: Final = 10 * 1024 * 1024
MOST_FILES: Final = 10
LONGEST_NAME: Final = 200
ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx"
_SIGNATURES: Final = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)
SCANS: Final = frozenset(media_type for _signature, media_type, _ending in _SIGNATURES)
"""The types of what was stamped, signed or photographed."""
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_IN_ZIP: Final = (
    ("word/document.xml", f"{_OFFICE}.wordprocessingml.document", ".docx"),
    ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet", ".xlsx"),
    ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation", ".pptx"),
)
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069/\\<>:\"|?*]")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file as it came: what it was called there, and its content, of which no more is read than may be kept."""

    name: str
    content: bytes

    @classmethod
    def of(cls, upload: "UploadedFile[bytes]") -> Self:
        return cls(name=upload.name or "", content=upload.read(LARGEST + 1))


def stored(attachment: Attachment, *, field: str = "files", scan: bool = False) -> Mapping[str, Any]:
    """The fields of an `AttachedFile` of it; its content is written when the row is saved. A `scan` is one of `SCANS`.

    Raises InvalidInput at `field` where it is empty, too large, or of no type that is taken.
    """
    if not attachment.content:
        raise InvalidInput(_("The file is empty."), code="empty", field=field)
    if len(attachment.content) > LARGEST:
        raise InvalidInput(_("The file is larger than 10 MB."), code="too_large", field=field)
    kind = _kind_of(attachment.content)
    if kind is None or (scan and kind[0] not in SCANS):
        message = (
            _("Upload a PDF, a JPEG or a PNG.")
            if scan
            else _("Attach a PDF, a picture (JPEG, PNG, WebP) or a document of Word, Excel or PowerPoint.")
        )
        raise InvalidInput(message, code="media_type", field=field)
    media_type, ending = kind
    return {
        "file": ContentFile(attachment.content, name=f"{secrets.token_hex(16)}{ending}"),
        "name": _safe_name(attachment.name, ending),
        "media_type": media_type,
        "size": len(attachment.content),
        "sha256": hashlib.sha256(attachment.content).hexdigest(),
        "added_at": timezone.now(),
    }


def _kind_of(content: bytes) -> tuple[str, str] | None:
    for signature, media_type, ending in _SIGNATURES:
        if content.startswith(signature):
            return media_type, ending
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp", ".webp"
    if content.startswith(b"PK\x03\x04"):
        return _kind_in_zip(content)
    return None


def _kind_in_zip(content: bytes) -> tuple[str, str] | None:
    """A document of an office, without macros: its list of contents is read, nothing is unpacked."""
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next(((media_type, ending) for name, media_type, ending in _IN_ZIP if name in names), None)


def _safe_name(name: str, ending: str) -> str:
    """What people read and save it as: no path, no signs that hide what it is, and the ending of what it is."""
    plain = _UNSAFE.sub("", unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])).strip(" .")
    stem = plain if plain.lower().endswith(ending) else f"{plain or 'file'}{ending}"
    return stem if len(stem) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - len(ending)]}{ending}"


def as_download(file: FieldFile, *, name: str, media_type: str) -> FileResponse:
    """The file, always to be saved: a browser shows nothing of what others attached as a page of ours."""
    with file.open() as content:
        whole = BytesIO(content.read())  # bounded when it was attached
    answer = FileResponse(whole, as_attachment=True, filename=name, content_type=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
