from collections.abc import Mapping, Sequence
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.deconstruct import deconstructible
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.codes import CodeField


class Bilingual(models.Model):
    """Something with a code and a name in both languages. Its constraints name `unique_code`."""

    code = CodeField(_("code"), max_length=64)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("Chinese name"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.display_name}"

    @property
    def display_name(self) -> str:
        """The name in the reader's language, the other one where it is missing."""
        return localised(self.name, self.name_zh)


def localised(name: str, name_zh: str) -> str:
    """The name in the active language."""
    return name_zh if name_zh and (get_language() or "").startswith("zh") else name


def search_text(*fields: str | Func) -> GeneratedField:
    """What a row is found by, in small letters and stored: one comparison for a word instead of one for each field."""
    parts: list[Any] = []
    for field in fields:
        value = F(field) if isinstance(field, str) else field
        parts += [value, Value("\n")]
    return GeneratedField(expression=Lower(Concat(*parts)), output_field=models.TextField(), db_persist=True)


def date_range(starts: str = "starts_on", ends: str = "ends_on") -> Func:
    """Both days included; an empty end is open."""
    return Func(F(starts), F(ends), Value("[]"), function="daterange", output_field=DateRangeField())


@deconstructible(path="django.db.models.F")
class RowNumber(F):
    """The column `x_id` of a relation `x`. A form's own check knows the relation by its name only.

    Without this it would compare each row with itself, and every pair of rows would seem to collide. To the database,
    and so to the migrations, it is the plain column.
    """

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, F) and self.name == vars(other)["name"]

    def __hash__(self) -> int:
        return hash(self.name)

    def replace_expressions(self, replacements: Mapping[Any, Any]) -> Any:
        return replacements.get(F(self.name.removesuffix("_id")), self)


def equal(field: str) -> Func:
    """A number as a range of one, so that an exclusion constraint needs no extension."""
    return Func(
        RowNumber(field), RowNumber(field), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
    )


def no_overlap(
    name: str,
    *,
    same: Sequence[str] = (),
    condition: Q | None = None,
    message: Any = None,
    code: str | None = None,
) -> ExclusionConstraint:
    """No two rows alike in `same` are valid on one day. `message` and `code` are of the error."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((equal(field), RangeOperators.OVERLAPS) for field in same),
            (date_range(), RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
        violation_error_code=code,
    )


class Versioned(models.Model):
    """A row whose version goes up with every change, whoever writes it, so that a stale copy is noticed.

    A subclass names `COUNT_VERSIONS` among the triggers of its Meta.
    """

    version = models.PositiveIntegerField(_("version"), default=1, db_default=1, editable=False)

    class Meta:
        abstract = True


COUNT_VERSIONS = pgtrigger.Trigger(
    name="count_versions",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="NEW.version = OLD.version + 1; RETURN NEW;",
)


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The end date must not be before the start date."),
    )
