"""Pages of what grows: each starts where the one before ended, so that page 1 and page 20,000 cost the same.

No count, no OFFSET: `limit + 1` rows tell whether there are more. The cursor is opaque and signed; it names the order
it belongs to, so that one of another order is refused. Pages and API share this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.core.exceptions import ValidationError as FieldError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput

R = TypeVar("R")
SALT = "keyset"
PAGE = 50
LARGEST = 200


@dataclass(frozen=True, kw_only=True)
class Slice(Generic[R]):
    """Rows of one page with the cursors of its neighbours, empty where there is none."""

    rows: list[R]
    following: str = ""
    previous: str = ""


@dataclass(frozen=True, kw_only=True)
class _Column:
    """One field of an order, as the database needs to know it."""

    path: str
    field: "models.Field[Any, Any]"
    descending: bool
    nullable: bool


def take_slice(
    queryset: models.QuerySet[Any], *, order: Sequence[str], cursor: str = "", limit: int = PAGE
) -> Slice[Any]:
    """One page of `queryset` in `order` (field paths, `-` for descending; the primary key is added as the tie-break).

    Annotations may be named. A path over a relation should be in select_related, else each page costs a query more.
    Raises InvalidInput (400) for a cursor that was tampered with or belongs to another order.
    """
    limit = max(1, min(limit, LARGEST))
    names = _with_tie_break(queryset, order)
    columns = [_column(queryset, name) for name in names]
    backwards, values = _open_cursor(cursor, names, columns)
    found = queryset.order_by(*_directed(columns, backwards=backwards))
    if values is not None:
        found = found.filter(_beyond(columns, values, backwards=backwards))
    rows = list(found[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    if backwards:
        rows.reverse()
    if not rows:
        return Slice(rows=rows)
    has_following, has_previous = (True, more) if backwards else (more, values is not None)
    return Slice(
        rows=rows,
        following=_cursor(rows[-1], names, columns, backwards=False) if has_following else "",
        previous=_cursor(rows[0], names, columns, backwards=True) if has_previous else "",
    )


def _with_tie_break(queryset: models.QuerySet[Any], order: Sequence[str]) -> list[str]:
    primary_key = queryset.model._meta.pk.name
    names = list(order)
    if {name.lstrip("-") for name in names} & {"pk", primary_key}:
        return names
    return [*names, f"-{primary_key}" if names and names[0].startswith("-") else primary_key]


def _column(queryset: models.QuerySet[Any], name: str) -> _Column:
    path, descending = name.lstrip("-"), name.startswith("-")
    annotation = queryset.query.annotations.get(path)
    if annotation is not None:
        return _Column(path=path, field=annotation.output_field, descending=descending, nullable=True)
    options, nullable, field = queryset.model._meta, False, None
    for part in path.split("__"):
        field = options.pk if part == "pk" else options.get_field(part)
        nullable = nullable or bool(field.null)
        if field.related_model is not None and part != path.split("__")[-1]:
            options = field.related_model._meta
    if field is None:  # pragma: no cover - split() gives at least one part
        raise FieldDoesNotExist(path)
    return _Column(path=path, field=field, descending=descending, nullable=nullable)


def _directed(columns: Sequence[_Column], *, backwards: bool) -> list[str]:
    return [f"-{column.path}" if column.descending != backwards else column.path for column in columns]


def _beyond(columns: Sequence[_Column], values: Sequence[Any], *, backwards: bool) -> Any:
    """The condition "after the row with these values": a row comparison where an index can follow it."""
    down = [column.descending != backwards for column in columns]
    if len(set(down)) == 1 and not any(column.nullable for column in columns):
        here = Func(*(F(column.path) for column in columns), function="ROW", output_field=models.BooleanField())
        there = Func(
            *(Value(value, output_field=column.field) for column, value in zip(columns, values, strict=True)),
            function="ROW",
            output_field=models.BooleanField(),
        )
        return LessThan(here, there) if down[0] else GreaterThan(here, there)
    steps: list[Q] = []
    same = Q()
    for column, value, falling in zip(columns, values, down, strict=True):
        steps.append(same & _strictly_beyond(column, value, falling=falling))
        same &= Q(**{f"{column.path}__isnull": True}) if value is None else Q(**{column.path: value})
    return reduce(or_, steps)


def _strictly_beyond(column: _Column, value: Any, *, falling: bool) -> Q:
    """PostgreSQL puts NULL after everything when rising, before everything when falling."""
    if value is None:
        return Q(**{f"{column.path}__isnull": False}) if falling else Q(pk__in=[])
    beyond = Q(**{f"{column.path}__{'lt' if falling else 'gt'}": value})
    if column.nullable and not falling:
        beyond |= Q(**{f"{column.path}__isnull": True})
    return beyond


def _cursor(row: Any, names: Sequence[str], columns: Sequence[_Column], *, backwards: bool) -> str:
    values = [_plain(_value(row, column.path), column.field) for column in columns]
    return signing.dumps({"o": ",".join(names), "b": int(backwards), "v": values}, salt=SALT, compress=True)


def _value(row: Any, path: str) -> Any:
    if isinstance(row, dict):
        return row[path]
    for part in path.split("__"):
        row = getattr(row, part, None)
    return row.pk if isinstance(row, models.Model) else row


def _plain(value: Any, field: "models.Field[Any, Any]") -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    holder: Any = _Holder(field.attname, value) if hasattr(field, "attname") else None
    return field.value_to_string(holder) if holder else str(value)


class _Holder:
    """What Field.value_to_string wants to read from."""

    def __init__(self, name: str, value: Any) -> None:
        setattr(self, name, value)


def _open_cursor(cursor: str, names: Sequence[str], columns: Sequence[_Column]) -> tuple[bool, list[Any] | None]:
    if not cursor:
        return False, None
    refusal = InvalidInput(
        _("This cursor is not valid. Start from the first page."), code="invalid_cursor", field="cursor"
    )
    try:
        content = signing.loads(cursor, salt=SALT)
        values = [
            None if plain is None else column.field.to_python(plain)
            for column, plain in zip(columns, content["v"], strict=True)
        ]
    except (signing.BadSignature, FieldError, KeyError, TypeError, ValueError) as error:
        raise refusal from error
    if content["o"] != ",".join(names):
        raise refusal
    return bool(content["b"]), values
