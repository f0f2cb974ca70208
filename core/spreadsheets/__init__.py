"""Tables from the files people have: CSV, gzipped CSV and workbooks, as rows of text with their row numbers."""

from core.spreadsheets.options import Limits, ReadOptions, UnreadableFile
from core.spreadsheets.table import Chunk, RowFault, Source, Table, open_rows, open_table
from core.spreadsheets.text import restore_cell, write_csv

__all__ = [
    "Chunk",
    "Limits",
    "ReadOptions",
    "RowFault",
    "Source",
    "Table",
    "UnreadableFile",
    "open_rows",
    "open_table",
    "restore_cell",
    "write_csv",
]
