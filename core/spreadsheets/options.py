from dataclasses import dataclass, field

from core.spreadsheets.limits import Limits


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """How a file is to be read; what is left empty is found out from the file.

    `header_row` counts as a spreadsheet does, from 1. `columns` names the columns of a file without a head.
    `decimal_mark` is how a number of a workbook is written out, so that it reads like the text cells beside it.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    columns: tuple[str, ...] = ()
    decimal_mark: str = "."
    limits: Limits = field(default_factory=Limits)
