"""Fields that give stored numbers their meaning (a currency, a unit): they stay as long as anything counts in them.

What counts is read from the models: each table that refers to the row and, for a currency, has one itself. A new table
counts by itself; only what holds no figures is named by whoever asks.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.errors import Conflict
from core.sentences import listed

CODE = "counted_in"


def require_uncounted(row: models.Model, field: str, *, beside: str = "", without: Collection[str] = ()) -> None:
    """Raise Conflict, with what counts, unless nothing counts in the field of the row. Before: the row is locked.

    `beside` names a field that a table must have to count; `without` are labels of models that hold no figures.
    """
    counting = [
        str(model._meta.verbose_name_plural)
        for model, column in _referring(type(row), beside, without)
        if model._base_manager.filter(**{column: row.pk}).exists()
    ]
    if counting:
        message = _("This stays as it is, since figures are kept in it: %(what)s.") % {
            "what": listed(dict.fromkeys(counting))
        }
        raise Conflict(message, code=CODE, field=field)


def counted_sql(model: type[models.Model], alias: str, *, beside: str = "", without: Collection[str] = ()) -> str:
    """The same as a condition on a row named `alias`, for a statement over many."""
    tables = [
        f"EXISTS (SELECT 1 FROM {other._meta.db_table} WHERE {column} = {alias}.id)"  # noqa: S608 - names of tables and columns
        for other, column in _referring(model, beside, without)
    ]
    return f"({' OR '.join(tables) or 'false'})"


def _referring(
    model: type[models.Model], beside: str, without: Collection[str]
) -> Iterator[tuple[type[models.Model], str]]:
    for relation in model._meta.get_fields(include_hidden=True):
        other: Any = getattr(relation, "related_model", None)
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)) or other is None:
            continue
        names = {field.name for field in other._meta.concrete_fields}
        is_history = "pgh_obj" in names  # what has been, which means what it meant then
        if (
            other is not model
            and not is_history
            and other._meta.label not in without
            and (not beside or beside in names)
        ):
            yield other, relation.field.attname  # type: ignore[union-attr]  # a relation that another model declares
