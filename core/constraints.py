"""What the database refused, in words: constraint names become the errors of `core.errors`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from core.codes import TAKEN, CodeConstraint, taken
from core.errors import Conflict, DomainError, InvalidInput, Message
from core.registry import registry

CHECK, UNIQUE, EXCLUSION, FOREIGN_KEY = "23514", "23505", "23P01", "23503"
RETRY = frozenset({"40001", "40P01", "55P03"})
DATA_EXCEPTIONS = "22"
_CONNECTION = ("08", "53", "57P")
"""Connection lost, no more resources (connections, disk, memory), ended by the administrator or a crash."""
FOREIGN_KEY_SUFFIX = "_fk_%(to_table)s_%(to_column)s"
_NORMAL_FORM = re.compile(r"\)=\((?:[^,]*, )?(.+)\) ")
_COLLISIONS: dict[str, Message] = {
    UNIQUE: _("This record already exists."),
    EXCLUSION: _("This record already exists."),
    FOREIGN_KEY: _("This record is in use or no longer exists."),
}


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What it means when a constraint refuses: for whom reads it, for a program, and at which field.

    `model` is that of a code which exists already.
    """

    message: Message = ""
    code: str
    field: str = ""
    model: type[models.Model] | None = None


def explain_constraint(name: str, message: Message, *, field: str = "", code: str = "") -> None:
    """Say what it means when a trigger or a unique column refuses under this name. Called from AppConfig.ready.

    The constraints of a model say it themselves: `violation_error_message` and `violation_error_code` beside them.
    """
    registry.explanations.add(name, Explanation(message=message, field=field, code=code or name))


def is_unavailable(error: BaseException | None) -> bool:
    """The database is not there, or not yet: no defect of the program."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "pgcode", None) or ""
    return state == "" or state.startswith(_CONNECTION)


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
    known = registry.explanations.get(name) or _project_constraints().get(name)
    if known is None or not isinstance(error, IntegrityError):
        return None
    if state == CHECK:
        message = known.message or _("These values conflict.")
        return InvalidInput(message, code=known.code, field=known.field)
    if state in _COLLISIONS:
        message = _code_taken(known.model, known.field, cause) if known.model else known.message
        return Conflict(message or _COLLISIONS[state], code=known.code, field=known.field)
    return None


def _code_taken(model: type[models.Model], field: str, cause: Any) -> Message:
    """Names the code that exists, as it is written; in its normal form where the transaction can be asked no more."""
    found = _NORMAL_FORM.search(getattr(getattr(cause, "diag", None), "message_detail", None) or "")
    if found is None:
        return TAKEN
    if not connection.needs_rollback:
        with suppress(DatabaseError), transaction.atomic():
            known = model._base_manager.filter(**{field: found[1]}).values_list(field, flat=True).first()
            return taken(known or found[1])
    return taken(found[1])


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
def _project_constraints() -> Mapping[str, Explanation]:
    """The constraints that our models declare, and unique columns and foreign keys as Django names them."""
    known: dict[str, Explanation] = {}
    for config in apps.get_app_configs():
        if config.name not in project_apps():
            continue
        for model in config.get_models():
            known |= {name: Explanation(code=name) for name in _column_constraints(model)}
            known |= {constraint.name: _explanation(model, constraint) for constraint in model._meta.constraints}
    return known


def _explanation(model: type[models.Model], constraint: models.BaseConstraint) -> Explanation:
    if isinstance(constraint, CodeConstraint):
        return Explanation(message=TAKEN, code=constraint.name, field=constraint.field, model=model)
    message = constraint.violation_error_message
    code = constraint.violation_error_code or constraint.name
    if message is None or message == constraint.default_violation_error_message:
        return Explanation(code=code)
    return Explanation(message=message, code=code, field=_field(constraint))


def _field(constraint: Any) -> str:
    """The field that a constraint is about: the first of a condition, the last of what is unique or may not overlap."""
    match constraint:
        case models.CheckConstraint():
            return _first_field(constraint.condition)
        case models.UniqueConstraint():
            return constraint.fields[-1] if constraint.fields else ""
        case ExclusionConstraint():
            span: Any = constraint.expressions[-1][0]
            return next((str(vars(one)["name"]) for one in span.flatten() if isinstance(one, models.F)), "")
        case _:
            return ""


def _first_field(condition: Any) -> str:
    first = condition.children[0]
    return _first_field(first) if isinstance(first, models.Q) else str(first[0]).split("__")[0]


def _column_constraints(model: type[models.Model]) -> Iterator[str]:
    editor: Any = connection.schema_editor()
    fields: Sequence[Any] = model._meta.local_concrete_fields
    for field in fields:
        if field.unique:
            yield f"{model._meta.db_table}_{field.column}_key"
        if field.remote_field and field.db_constraint:
            name = editor._fk_constraint_name(model, field, FOREIGN_KEY_SUFFIX)  # noqa: SLF001 - Django's own spelling of it
            yield str(name).strip('"')


@cache
def project_apps() -> tuple[str, ...]:
    """Their names, in the order of INSTALLED_APPS."""
    return tuple(config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR)
