"""Codes that people write: kept as they are written, compared in one normal form, wherever somebody looks one up."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import CharField, F, Func
from django.db.models.constraints import UniqueConstraint
from django.db.models.lookups import Exact, In, Lookup
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import InvalidInput

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
_NORMAL = "core_normal_code"
_Set_contra = TypeVar("_Set_contra", contravariant=True)
_Got_co = TypeVar("_Got_co", covariant=True)


class NormalCode(Func):
    """A code as it is compared: `core_normal_code`.

    Full-width letters, digits and signs become plain ones, small letters capitals; spaces and whatever nobody sees
    (zero-width marks, soft hyphens, marks of the byte order) go. The letters i of Turkish are I, ß is SS, a sigma is a
    sigma wherever it stands. Only what the function gives is ever compared.
    """

    function = _NORMAL
    arity = 1
    output_field = CharField()


def normal(code: str) -> str:
    """SQL: the normal form of an expression."""
    return f"{_NORMAL}({code})"


def same_code(one: str, other: str) -> str:
    """SQL: whether two expressions are one code."""
    return f"{normal(one)} = {normal(other)}"


def plain_code(written: str) -> str:
    """A code as it is kept: in its own case, without width, what nobody sees and what stands around it."""
    if written.isascii():
        return written.strip()
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", written)).strip()


class CodeField(models.CharField[_Set_contra, _Got_co]):
    """A code that a person or a file writes. `=`, `iexact` and `in` find it in any spelling.

    Beside it stands the constraint of `unique_code`, whose index these look-ups use.
    """

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return plain_code(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return plain_code(text) if isinstance(text, str) else text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's own signature
        """The row in memory is what is stored. Raises InvalidInput where nothing is left of the code."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = plain_code(value)
            if not value and not self.blank:
                raise InvalidInput(_("This code has no letters or digits."), code="required", field=self.name)
            setattr(model_instance, self.attname, value)
        return value


class _Normal(Lookup[Any]):
    """What is compared on the side of the column."""

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        sql, params = Lookup.process_lhs(self, compiler, connection, lhs)
        return f"{_NORMAL}({sql})", params


@CodeField.register_lookup
class _SameCode(_Normal, Exact):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        sql, params = super().process_rhs(compiler, connection)
        return f"{_NORMAL}({sql})", params


CodeField.register_lookup(_SameCode, "iexact")


@CodeField.register_lookup
class _OneOfCodes(_Normal, In):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        sql, params = super().process_rhs(compiler, connection)
        if self.rhs_is_direct_value():
            return sql, params
        return f"(SELECT {_NORMAL}(given.code) FROM {sql} AS given (code))", params  # noqa: S608 - what Django made of a queryset

    def batch_process_rhs(self, compiler: Any, connection: Any, rhs: Any = None) -> Any:
        sqls, params = super().batch_process_rhs(compiler, connection, rhs)
        return tuple(f"{_NORMAL}({sql})" for sql in sqls), params


class CodeConstraint(UniqueConstraint):
    """No two rows have one code, however it is written. A form says which one is there already."""

    @property
    def field(self) -> str:
        """The field that holds the code."""
        code: Any = self.expressions[-1]
        return str(code.source_expressions[0].name)

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        try:
            super().validate(model, instance, exclude=exclude, using=using)
        except ValidationError as error:
            within: list[Any] = [one for one in self.expressions if isinstance(one, F)]
            same = {one.name: getattr(instance, one.name) for one in within}
            same[self.field] = code = getattr(instance, self.field)
            others = model._base_manager.using(using).filter(**same).exclude(pk=instance.pk)
            known = others.values_list(self.field, flat=True).first() or code
            raise ValidationError({self.field: ValidationError(taken(known), code=self.name)}) from error


def unique_code(name: str, *within: str, field: str = "code", condition: models.Q | None = None) -> CodeConstraint:
    """The constraint of a CodeField: unique in its normal form, among the rows alike in `within`."""
    return CodeConstraint(*map(F, within), NormalCode(field), name=name, condition=condition)


def taken(known: str) -> str:
    """What to say beside a code that is that of another row."""
    message = _("The code “%(code)s” exists already. Capitals, full width and spaces make no other code.")
    return message % {"code": known}


TAKEN = gettext_lazy("This code exists already. Capitals, full width and spaces make no other code.")


def normal_forms(written: Iterable[str]) -> dict[str, str]:
    """The normal form of each. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT given, {_NORMAL}(given) FROM unnest(%s::text[]) AS given", [list(set(written))])  # noqa: S608 - a constant
        return dict(cursor.fetchall())


def ids_by_code(rows: "models.QuerySet[Any]", written: Iterable[str], *, column: str = "pk") -> dict[str, Any]:
    """The `column` of each row that is meant, by what was written. One query, a second where a spelling differs."""
    asked = set(written)
    known = dict(rows.filter(code__in=asked).values_list("code", column)) if asked else {}
    others = asked - known.keys()
    if not others or not known:
        return {code: value for code, value in known.items() if code in asked}
    normal: Mapping[str, str] = normal_forms([*known, *others])
    meant = {normal[code]: value for code, value in known.items()}
    return {code: meant[normal[code]] for code in asked if normal[code] in meant}
