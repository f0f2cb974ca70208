"""What is wrong with a cell where a code, a name or a barcode is meant, and what it says in plain text."""

import re

from django.utils.translation import gettext as _

from workbooks.marks import ERROR, MARKS, NO_VALUE, TOO_LONG

_SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?[eE]\+\d{2,}")
_SHOWN = 60


def plain(cell: str) -> str:
    """The text of a cell, without the sign that a reader of workbooks put before it."""
    return cell[1:] if cell[:1] in MARKS and cell else cell


def is_marked(cell: str) -> bool:
    return cell[:1] in MARKS and bool(cell)


def fault_of_value(cell: str) -> str:
    """Why nothing can be made of the cell, whatever is meant; empty where something can."""
    sign = cell[:1]
    if sign == ERROR:
        return _("The cell holds the error %(text)s.") % {"text": cell[1:][:_SHOWN]}
    if sign == NO_VALUE:
        return _("The formula has no stored value. Open the file in a spreadsheet program and save it there.")
    return ""


def fault_of_text(cell: str) -> str:
    """Why the cell cannot be a code, a name or a barcode; empty where it can."""
    if cell[:1] == TOO_LONG:
        return _("A number with more than 15 digits: spreadsheets do not keep them all. Format the column as text.")
    if _SCIENTIFIC.fullmatch(cell.strip()):
        return _("“%(text)s” is a number that a spreadsheet has shortened. Format the column as text.") % {
            "text": cell.strip()[:_SHOWN]
        }
    return fault_of_value(cell)
