"""Tables from the files people have: CSV, gzipped CSV and XLSX, as rows of text with their row numbers."""

from core.spreadsheets.errors import UnreadableFile
from core.spreadsheets.limits import Limits
from core.spreadsheets.options import ReadOptions
from core.spreadsheets.table import Chunk, RowFault, Table, open_table
from core.spreadsheets.write import restore_cell, write_csv

__all__ = [
    "Chunk",
    "Limits",
    "ReadOptions",
    "RowFault",
    "Table",
    "UnreadableFile",
    "open_table",
    "restore_cell",
    "write_csv",
]
