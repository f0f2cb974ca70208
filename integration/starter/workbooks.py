"""The template of a kind as a workbook: heads in the reader's language, lists to choose from, examples on a second sheet."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.importing import Kind as FieldKind
from core.importing import entities
from integration.starter.kinds import Kind

_ROWS = 5_000
_MOST_LISTED = 1_000
_WIDTH = 18
_NEEDED = PatternFill("solid", fgColor="FFF3CD")
_AS_TEXT = "@"


def template_workbook(kind: Kind, language: str) -> bytes:
    """An XLSX file whose first sheet is empty below its head: nothing of an example can be imported by mistake."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = str(kind.label)[:31]
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    listed = 0
    for place, column in enumerate(kind.columns, 1):
        letter = get_column_letter(place)
        head = sheet.cell(1, place, column.label(language))
        head.font = Font(bold=True)
        if column.needed:
            head.fill = _NEEDED
        sheet.column_dimensions[letter].width = _WIDTH
        target = column.target
        if target.kind in {FieldKind.TEXT, FieldKind.REFERENCE, FieldKind.EMAIL}:
            sheet.column_dimensions[letter].number_format = _AS_TEXT
            for row in range(2, 202):
                sheet.cell(row, place).number_format = _AS_TEXT
        values = _choices(column.target.refers, list(target.choices))
        if values:
            listed += 1
            source = get_column_letter(listed)
            for row, value in enumerate(values, 1):
                lists.cell(row, listed, value)
            rule = DataValidation(type="list", formula1=f"lists!${source}$1:${source}${len(values)}", allow_blank=True)
            rule.showErrorMessage = not target.refers
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.freeze_panes = "A2"
    _explain(book, kind)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _explain(book: Workbook, kind: Kind) -> None:
    notes = book.create_sheet(_("Examples"))
    notes.append(
        [_("Column"), "English", "中文", _("Needed"), _("Example (English)"), _("Example (Chinese)"), _("Choices")]
    )
    for cell in notes[1]:
        cell.font = Font(bold=True)
    for place, column in enumerate(kind.columns, 1):
        choices = ", ".join(column.target.choices)
        needed = _("yes") if column.needed else ""
        notes.append([get_column_letter(place), column.english, column.chinese, needed, *column.examples, choices])
    for letter in "ABCDEFG":
        notes.column_dimensions[letter].width = _WIDTH


def _choices(refers: str, given: list[str]) -> list[str]:
    """What can stand in the column: fixed words, or the codes of what is there, where they are not too many."""
    if given:
        return given
    if not refers:
        return []
    entity = entities()[refers]
    code = entity.by_name[entity.match[0]].column
    found = entity.model._default_manager.order_by(code).values_list(code, flat=True)[: _MOST_LISTED + 1]  # noqa: SLF001 - Django's public name for it
    codes = [str(value) for value in found]
    return codes if len(codes) <= _MOST_LISTED else []
