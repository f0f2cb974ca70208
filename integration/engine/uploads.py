"""What somebody uploaded for an import: kept with the job as one ZIP file, unpacked where it is read."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from core.models import Job
from integration.engine.frames import Corrections, load_corrections

PROFILE = "profile.toml"
MAX_BYTES = 500_000_000
MAX_FILES = 100


def pack(profile_text: str, files: Sequence[File[Any]]) -> "tempfile.SpooledTemporaryFile[bytes]":
    """The profile and the files as one ZIP. Raises InvalidInput for doubles and for too much."""
    names = [plain_name(file.name or "") for file in files]
    if len(set(names)) != len(names) or PROFILE in names:
        raise InvalidInput(_("Two files have the same name."), field="files")
    if len(files) > MAX_FILES or sum(file.size for file in files) > MAX_BYTES:
        raise InvalidInput(_("These files are too large to upload. Use the command on the server."), field="files")
    packed: tempfile.SpooledTemporaryFile[bytes] = tempfile.SpooledTemporaryFile(max_size=10_000_000)  # noqa: SIM115 - handed on
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PROFILE, profile_text)
        for name, file in zip(names, files, strict=True):
            with archive.open(name, "w") as target:
                for chunk in file.chunks():
                    target.write(chunk)
    packed.seek(0)
    return packed


def plain_name(name: str) -> str:
    """The last part of a file's name."""
    return PurePosixPath(name.replace("\\", "/")).name or "file"


@contextmanager
def unpacked(job: Job) -> Iterator[Path]:
    """The job's files in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="import-") as name:
        folder = Path(name)
        with job.file.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as source, (folder / plain_name(entry.filename)).open("wb") as target:
                    shutil.copyfileobj(source, target)
        yield folder


def corrections_of(job: Job) -> Corrections:
    """The corrected rows that were uploaded for this job; of a row that was corrected twice the later one counts."""
    result: dict[tuple[str, int], Mapping[str, str] | None] = {}
    for stored in job.params.get("corrected", []):
        with tempfile.NamedTemporaryFile(suffix=".csv") as copy, default_storage.open(stored, "rb") as source:
            shutil.copyfileobj(source, copy)
            copy.flush()
            result |= load_corrections(Path(copy.name))
    return result | dict.fromkeys(job.params.get("left_out", []))


def wrong_rows_name(job_id: int) -> str:
    """Where the report of a job's wrong rows is stored."""
    return f"jobs/imports/{job_id}/wrong-rows.csv"
