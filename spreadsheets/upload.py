"""A small spreadsheet that somebody sends with a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreadsheets.options import Limits, ReadOptions, UnreadableFile
from spreadsheets.table import open_rows

MOST_BYTES = 5_000_000
COLUMNS = 100
SECONDS = 3
MEMORY = 400_000_000


@dataclass(frozen=True)
class UploadedRows:
    """`rows` are all that hold something, with their numbers, the head among them. `sheet` is empty for a text file."""

    rows: Sequence[tuple[int, Sequence[str]]]
    sheet: str = ""

    def text(self, first: int) -> str:
        """How many rows were read, from the first on that is no heading, and of which sheet."""
        count = sum(number >= first for number, _cells in self.rows)
        if not self.sheet:
            return ngettext("%(count)d row read.", "%(count)d rows read.", count) % {"count": count}
        return ngettext(
            "%(count)d row read from the sheet “%(sheet)s”.", "%(count)d rows read from the sheet “%(sheet)s”.", count
        ) % {"count": count, "sheet": self.sheet}


def rows_of_upload(upload: UploadedFile[Any], *, rows: int) -> UploadedRows:
    """Every row of the file. It is read in seconds and bounded memory, few files at once, or refused.

    Raises UnreadableFile for one that is no table, that holds nothing, or too much.
    """
    if upload.size is not None and upload.size > MOST_BYTES:
        raise UnreadableFile(_("The file is larger than 5 MB."))
    limits = Limits(
        content_bytes=MOST_BYTES * 10,
        rows=rows,
        columns=COLUMNS,
        cell_characters=1_000,
        strings=rows * COLUMNS,
        memory_bytes=MEMORY,
        seconds=SECONDS,
        is_shared=True,
    )
    found: list[tuple[int, Sequence[str]]] = []
    with NamedTemporaryFile() as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        source, chunks = open_rows(Path(kept.name), ReadOptions(limits=limits))
        for part in chunks:
            found += [(number, cells) for number, cells in zip(part.numbers, part.records, strict=True) if any(cells)]
            if len(found) > rows:
                raise UnreadableFile(_("There are more than %(limit)s rows.") % {"limit": rows})
    if not found:
        raise UnreadableFile(_("There is no row in this file."))
    return UploadedRows(found, source.sheet)
