"""The rows of a list, drawn in Python: fifty rows of ten cells are five hundred turns of a template loop."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_tables2 import Column
from django_tables2.utils import signature

from core.enums import Colour


def draw_rows(table: Any, *, phone_columns: Collection[str] = (), ticks: bool = False) -> SafeString:
    """Every row of a django-tables2 table. On a phone the first column is the card's title.

    Each cell carries its head as a label for the card; columns outside `phone_columns` (where given) are left out there.
    The roles say again what a table is: a browser forgets it where the style sheet draws cards.
    """
    speaking = _speaking(list(table.columns), phone_columns)
    columns = [
        (_drawer(column, table), *_cell_tags(column, number, phone_columns, speaking))
        for number, column in enumerate(table.columns)
    ]
    return mark_safe("".join(_row(row, columns, ticks=ticks) for row in table.rows))  # noqa: S308 - made of escaped parts


_NAMES_THE_ROW = '<th role="rowheader" scope="row" class="{}" data-label="{}">'
_CELL = '<td role="cell" class="{}" data-label="{}">'


def _speaking(columns: Sequence[Any], phone_columns: Collection[str]) -> Mapping[str, str]:
    """The columns of a card that need no label, with their class: its amount, its state, its one date and its one name."""
    shown = [column for column in columns[1:] if not phone_columns or column.name in phone_columns]
    kinds: dict[str, list[str]] = {}
    for column in shown:
        kind = getattr(column.column, "card_kind", "name" if type(column.column) is Column else "")
        kinds.setdefault(kind, []).append(column.name)
    found = {names[0]: "card-speaks" for kind, names in kinds.items() if kind in {"date", "name"} and len(names) == 1}
    found |= dict.fromkeys([*kinds.get("state", ()), *kinds.get("button", ())], "card-speaks")
    amounts = kinds.get("amount", ())
    return {**found, amounts[-1]: "card-amount"} if amounts else found


def _cell_tags(
    column: Any, number: int, phone_columns: Collection[str], speaking: Mapping[str, str]
) -> tuple[SafeString, str]:
    css = [column.attrs["td"].get("class", ""), speaking.get(column.name, "")]
    if number == 0:
        css.append("card-title-cell")
    elif phone_columns and column.name not in phone_columns:
        css.append("phone-hidden")
    start, end = (_CELL, "</td>") if number else (_NAMES_THE_ROW, "</th>")
    return format_html(start, " ".join(filter(None, css)), capfirst(column.header)), end


def _drawer(column: Any, table: Any) -> Callable[[Any], Any]:
    """How a cell of the column is drawn. django-tables2 asks for every cell anew what its `render` wants to know."""
    wanted, wants_all = signature(column.render)

    def draw(row: Any) -> Any:
        known = {
            "record": row.record,
            "column": column.column,
            "bound_column": column,
            "bound_row": row,
            "table": table,
        }

        def render(_column: Any, value: Any = None) -> Any:
            arguments = known | {"value": value}
            content = column.render(**(arguments if wants_all else {name: arguments[name] for name in wanted}))
            return column.link(content, **arguments) if column.link else content

        return row._get_and_render_with(  # noqa: SLF001 - what get_cell() calls, with another function to draw by
            column, render_func=render, default=column.default
        )

    return draw


def _row(row: Any, columns: list[tuple[Any, SafeString, str]], *, ticks: bool) -> str:
    return "".join(_fragments(row, columns, ticks=ticks))


def _fragments(row: Any, columns: list[tuple[Any, SafeString, str]], *, ticks: bool) -> Iterator[str]:
    pressing = getattr(row.record, "pressing", False)
    yield '<tr data-row role="row" class="pressing">' if pressing else '<tr data-row role="row">'
    if ticks:
        yield _tick(row.record)
    for draw, start, end in columns:
        yield start
        yield conditional_escape(draw(row))
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
