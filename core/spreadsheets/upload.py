"""A small spreadsheet that somebody sends with a form."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.spreadsheets.options import Limits, ReadOptions, UnreadableFile
from core.spreadsheets.table import open_table

MOST_BYTES = 5_000_000


def rows_of_upload(upload: UploadedFile[Any], *, rows: int) -> list[tuple[int, Sequence[str]]]:
    """Every row of the file with its number, the head as the first: it may be a line already.

    Raises UnreadableFile for one that is no table, or too large.
    """
    if upload.size is not None and upload.size > MOST_BYTES:
        raise UnreadableFile(_("The file is larger than 5 MB."))
    limits = Limits(content_bytes=MOST_BYTES * 10, rows=rows, columns=50, cell_characters=1_000)
    with NamedTemporaryFile(suffix=".xlsx") as kept:  # the reader of workbooks looks at the name, too
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        table = open_table(Path(kept.name), ReadOptions(limits=limits))
        found: list[tuple[int, Sequence[str]]] = [(1, table.headers), *table.rows]
        found += [(fault.row, fault.cells) for fault in table.faults]
    return sorted(found, key=lambda row: row[0])
