"""What the database refused, in words: constraint names become the errors of `core.errors`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, DomainError, InvalidInput, Message
from core.project import project_apps

CHECK, UNIQUE, EXCLUSION, FOREIGN_KEY = "23514", "23505", "23P01", "23503"
RETRY = frozenset({"40001", "40P01", "55P03"})
DATA_EXCEPTIONS = "22"
FOREIGN_KEY_SUFFIX = "_fk_%(to_table)s_%(to_column)s"

_COLLISIONS: dict[str, Message] = {
    UNIQUE: _("There is one like this already."),
    EXCLUSION: _("There is one like this already."),
    FOREIGN_KEY: _("Something else stands in the way: it is used, or it is gone."),
}
_explained: dict[str, tuple[Message, str, str]] = {}


def explain_constraint(name: str, message: Message, *, field: str = "", code: str = "") -> None:
    """Say what it means when the constraint `name` refuses; its code is the name unless given. From AppConfig.ready."""
    _explained[name] = (message, field, code or name)


def as_domain_error(error: DatabaseError) -> DomainError | None:
    """The error to show for what PostgreSQL refused, or None where it is a defect of the program.

    A value that collides with another row is a Conflict (409), one that is not legal by itself InvalidInput (400).
    Deadlocks and lock timeouts are a Conflict: the same request may pass in a moment.
    """
    cause: Any = error.__cause__
    state = getattr(cause, "pgcode", None) or ""
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    if state in RETRY:
        return Conflict(code="try_again")
    if state.startswith(DATA_EXCEPTIONS):
        return InvalidInput(_("A value is too long or out of range."), code="out_of_range")
    if not isinstance(error, IntegrityError) or not (name in _explained or name in _project_constraints()):
        return None
    message, field, code = _explained.get(name, ("", "", name))
    if state == CHECK:
        return InvalidInput(message or _("These values do not go together."), code=code, field=field)
    if state in _COLLISIONS:
        return Conflict(message or _COLLISIONS[state], code=code, field=field)
    return None


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the database refuses inside into a DomainError. Stands around the transaction, never inside of it."""
    try:
        yield
    except DatabaseError as error:
        known = as_domain_error(error)
        if known is None:
            raise
        raise known from error


@cache
def _project_constraints() -> frozenset[str]:
    """Names of the constraints that our models declare, and of unique columns and foreign keys as Django names them."""
    names: set[str] = set()
    for model in apps.get_models():
        if model.__module__.split(".")[0] not in project_apps():
            continue
        names.update(constraint.name for constraint in model._meta.constraints)
        names.update(_column_constraints(model))
    return frozenset(names)


def _column_constraints(model: type[models.Model]) -> Iterator[str]:
    editor: Any = connection.schema_editor()
    fields: Sequence[Any] = model._meta.local_concrete_fields
    for field in fields:
        if field.unique:
            yield f"{model._meta.db_table}_{field.column}_key"
        if field.remote_field and field.db_constraint:
            name = editor._fk_constraint_name(model, field, FOREIGN_KEY_SUFFIX)  # noqa: SLF001 - Django's own spelling of it
            yield str(name).strip('"')
