"""The parts of a list page that are drawn above its rows: chips, heads, saved views, bulk actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import DateFromToRangeFilter, FilterSet

from core.errors import Message
from core.periods import add_months, month_end, month_start
from core.sentences import listed
from core.ui.numbers import written

CURSOR = "cursor"
SORT = "sort"
EXPORT = "export"
ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One filter in force, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A span of days that one press filters by."""

    label: str
    url: str
    active: bool


def presets(filterset: FilterSet, query: QueryDict, *, today: date) -> dict[str, list[Preset]]:
    """By the name of each filter of days: this month, the last one, the last thirty days."""
    last = add_months(month_start(today), -1)
    spans = (
        (_("This month"), month_start(today), today),
        (_("Last month"), last, month_end(last)),
        (_("Last 30 days"), today - timedelta(days=29), today),
    )
    found: dict[str, list[Preset]] = {}
    for name, one in filterset.filters.items():
        if isinstance(one, DateFromToRangeFilter):
            found[name] = [_preset(query, name, label, first, until) for label, first, until in spans]
    return found


def _preset(query: QueryDict, name: str, label: str, first: date, until: date) -> Preset:
    days = {f"{name}_after": first.isoformat(), f"{name}_before": until.isoformat()}
    return Preset(
        label=label, url=address(query, **days), active=all(query.get(key) == day for key, day in days.items())
    )


@dataclass(frozen=True, kw_only=True)
class Head:
    """One column head; `url` sorts by it, `direction` is the present order for screen readers."""

    label: str
    url: str
    direction: str
    css: str


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """A button for the ticked rows: posts `ids` to `url`, asks `confirm` first where it is not empty."""

    label: Message
    url: str
    confirm: Message = ""


@dataclass(frozen=True, kw_only=True)
class EmptyState:
    """What will be here, and the first step towards it."""

    title: Message
    text: Message = ""
    action_label: Message = ""
    action_url: str = ""


def address(query: QueryDict, *, drop: Iterable[str] = (), **changes: str) -> str:
    """The query string with changes; an empty value takes a key away. Always starts with "?"."""
    wanted = query.copy()
    for key in (*drop, CURSOR, EXPORT, ROWS):
        wanted.pop(key, None)
    for key, value in changes.items():
        if value:
            wanted[key] = value
        else:
            wanted.pop(key, None)
    for key in [key for key, values in wanted.lists() if not any(values)]:
        del wanted[key]
    return f"?{wanted.urlencode()}"


def filter_query(query: QueryDict) -> str:
    """What a saved view keeps: filters and order, not the place in the list."""
    return address(query).removeprefix("?")


def chips(filterset: FilterSet, query: QueryDict) -> list[Chip]:
    """The filters in force, in the order of the form."""
    form = filterset.form
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name) if form.is_valid() else None
        if value in (None, "", []) or getattr(value, "exists", lambda: True)() is False:
            continue
        keys = [key for key in query if key == name or key.startswith(f"{name}_")]
        label = str(field.label or name)
        found.append(Chip(label=label, value=_shown(field, value), without=address(query, drop=keys)))
    return found


def _shown(field: Any, value: Any) -> str:
    if isinstance(value, slice):
        return f"{written(value.start)} … {written(value.stop)}"
    if isinstance(value, Model):
        return str(value)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, str | int | bool):
        return labels.get(str(value), written(value))
    if isinstance(value, Iterable):
        return listed(labels.get(str(item), str(item)) for item in value)
    return written(value)


def heads(columns: Sequence[Any], sorts: Iterable[str], current: str, query: QueryDict) -> list[Head]:
    """Heads of a django-tables2 table. A click on the sorted column turns its order round."""
    sortable = set(sorts)
    made = []
    for column in columns:
        name = column.name
        sorted_here = current.lstrip("-") == name
        target = f"-{name}" if current == name else name
        made.append(
            Head(
                label=str(column.header),
                url=address(query, **{SORT: target}) if name in sortable else "",
                direction=("descending" if current.startswith("-") else "ascending") if sorted_here else "",
                css=column.attrs["th"].get("class", ""),
            )
        )
    return made
