"""The rows of a list, drawn in Python: fifty rows of ten cells are five hundred turns of a template loop."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.enums import Colour


def draw_rows(table: Any, *, phone_columns: Collection[str] = (), ticks: bool = False) -> SafeString:
    """Every row of a django-tables2 table. On a phone the first column is the card's title.

    Each cell carries its head as a label for the card; columns outside `phone_columns` (where given) are left out there.
    The roles say again what a table is: a browser forgets it where the style sheet draws cards.
    """
    columns = [(column, *_cell_tags(column, number, phone_columns)) for number, column in enumerate(table.columns)]
    return mark_safe("".join(_row(row, columns, ticks=ticks) for row in table.rows))  # noqa: S308 - made of escaped parts


_NAMES_THE_ROW = '<th role="rowheader" scope="row" class="{}" data-label="{}">'
_CELL = '<td role="cell" class="{}" data-label="{}">'


def _cell_tags(column: Any, number: int, phone_columns: Collection[str]) -> tuple[SafeString, str]:
    css = [column.attrs["td"].get("class", "")]
    if number == 0:
        css.append("card-title-cell")
    elif phone_columns and column.name not in phone_columns:
        css.append("phone-hidden")
    start, end = (_CELL, "</td>") if number else (_NAMES_THE_ROW, "</th>")
    return format_html(start, " ".join(filter(None, css)), capfirst(column.header)), end


def _row(row: Any, columns: list[tuple[Any, SafeString, str]], *, ticks: bool) -> str:
    return "".join(_fragments(row, columns, ticks=ticks))


def _fragments(row: Any, columns: list[tuple[Any, SafeString, str]], *, ticks: bool) -> Iterator[str]:
    pressing = getattr(row.record, "pressing", False)
    yield '<tr data-row role="row" class="pressing">' if pressing else '<tr data-row role="row">'
    if ticks:
        yield _tick(row.record)
    for column, start, end in columns:
        yield start
        yield conditional_escape(row.get_cell(column.name))
        yield end
    yield "</tr>"


def _tick(record: Any) -> SafeString:
    return format_html(
        '<td role="cell" class="tick">'
        '<input class="form-check-input" type="checkbox" name="ids" value="{}" aria-label="{}"></td>',
        record.pk,
        _("Select %(row)s") % {"row": record},
    )


def state_badge(member: Any, *, small: str = "") -> SafeString:
    """The label of an enum member with a dot of its colour; an empty value is a dash."""
    if member in (None, ""):
        return format_html("<span>{}</span>", "–")
    colour = getattr(member, "colour", Colour.DRAFT)
    label = getattr(member, "label", member)
    if small:
        return format_html('<span class="state state-{}">{} <small>{}</small></span>', colour, label, small)
    return format_html('<span class="state state-{}">{}</span>', colour, label)
