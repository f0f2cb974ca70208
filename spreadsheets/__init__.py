"""Tables from the files people have: CSV, gzipped CSV and workbooks, as rows of text with their row numbers."""

from spreadsheets.options import Limits, ReadOptions, UnreadableFile
from spreadsheets.table import Chunk, RowFault, Source, Table, open_rows, open_table
from spreadsheets.text import restore_cell, write_csv

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
