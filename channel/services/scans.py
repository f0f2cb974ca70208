"""Files of agreements, such as the stamped scan, with the hash of what was signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.fields.files import FieldFile

from messaging.services.files import Attachment, stored


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


def keep_file(row: Any, name: str, scan: Attachment, *, field: str) -> FieldFile:
    """Store a file under a name of ours and set the fields `name`, `name_name`, `name_type` and `name_hash` of a row.

    Does not save the row. Returns the file. Raises as `messaging.services.files.stored`.
    """
    known = stored(scan, field=field, scan=True)
    file: FieldFile = getattr(row, name)
    file.save(known["file"].name, known["file"], save=False)
    setattr(row, f"{name}_name", known["name"])
    setattr(row, f"{name}_type", known["media_type"])
    setattr(row, f"{name}_hash", known["sha256"])
    return file
