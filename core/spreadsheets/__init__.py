"""Tables from the files people have: CSV, gzipped CSV and XLSX, as rows of text with their row numbers."""

from core.spreadsheets.options import Limits, ReadOptions, UnreadableFile
from core.spreadsheets.table import Chunk, RowFault, Table, open_table
from core.spreadsheets.text import restore_cell, write_csv

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
