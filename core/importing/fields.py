"""Fields that can be imported. Types, lengths, choices and defaults are read from the model."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from core.codes import CodeField
from core.errors import Message
from core.money import STORED_DIGITS


class Kind(StrEnum):
    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "date and time"
    YES_NO = "yes or no"
    CHOICE = "choice"
    CURRENCY = "currency"
    EMAIL = "e-mail"
    REFERENCE = "reference"


FROM_PROFILE = object()
"""The default is the currency of the profile."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """`sql` is the type of its column in the staging relation; `refers` the name of the entity it is a code of.

    `is_code` where it is one itself, which is compared in its normal form.
    """

    name: str
    kind: Kind
    label: Message
    help_text: str
    column: str
    sql: str
    required: bool = False
    default: Any = None
    limit: int = 0
    decimals: int = 0
    digits: int = 19
    low: int | None = None
    high: int | None = None
    choices: Mapping[str, Message] = field(default_factory=dict)
    refers: str = ""
    is_code: bool = False
    validators: Sequence[Callable[[Any], None]] = ()

    @cached_property
    def by_label(self) -> dict[str, str]:
        """The choices by what they are called in each language: files are exported in that of their reader."""
        found: dict[str, str] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found |= {str(label).casefold(): code for code, label in self.choices.items()}
        return found

    @property
    def is_money(self) -> bool:
        """Whether it is an amount, which has a currency beside it."""
        return self.kind == Kind.NUMBER and (self.digits, self.decimals) == (19, STORED_DIGITS)


def entity_name(model: type[models.Model]) -> str:
    """What the entity of a model is called where others refer to it: PriceList is price_list."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


def fields_of(model: type[models.Model], texts: Mapping[str, str], **overrides: Mapping[str, Any]) -> tuple[Field, ...]:
    """Fields for model fields, in the order of `texts` (name to explanation)."""
    return tuple(_field_of(model, name, help_text, overrides.get(name, {})) for name, help_text in texts.items())


def extra_field(name: str, kind: Kind, label: Message, help_text: str, **more: Any) -> Field:
    """A field without a column of its own: the service turns it into something else."""
    sql = {
        Kind.WHOLE: "bigint",
        Kind.NUMBER: "numeric",
        Kind.DATE: "date",
        Kind.MOMENT: "timestamp",
        Kind.REFERENCE: "bigint",
    }
    return Field(
        **{
            "name": name,
            "kind": kind,
            "label": label,
            "help_text": help_text,
            "column": name,
            "sql": sql.get(kind, "text"),
            **more,
        }
    )


def _field_of(model: type[models.Model], name: str, help_text: str, overrides: Mapping[str, Any]) -> Field:
    source = model._meta.get_field(name)
    if not isinstance(source, models.Field):
        raise TypeError(name)
    has_default = source.has_default()
    values: dict[str, Any] = {
        "name": name,
        "kind": _kind_of(source),
        "label": source.verbose_name,
        "help_text": help_text,
        "column": source.column,
        "sql": _SQL[_kind_of(source)],
        "required": not (source.null or has_default or source.blank),
        "default": source.get_default() if has_default else ("" if source.blank and not source.null else None),
        "limit": source.max_length or 0,
        "decimals": getattr(source, "decimal_places", 0) or 0,
        "digits": getattr(source, "max_digits", 19) or 19,
        **_bounds(source),
        "choices": {str(value): label for value, label in source.flatchoices},
        "is_code": isinstance(source, CodeField),
        "validators": source.deconstruct()[3].get("validators", ()),
    }
    if isinstance(source, models.ForeignKey):
        values["refers"] = entity_name(source.related_model)
    if name == "currency":
        values |= {"kind": Kind.CURRENCY, "default": FROM_PROFILE, "required": False}
    return Field(**{**values, **overrides})


def _kind_of(source: "models.Field[Any, Any]") -> Kind:
    if source.flatchoices:
        return Kind.CHOICE
    for kind, types in _KINDS.items():
        if isinstance(source, types):
            return kind
    raise TypeError(source.name)


def _bounds(source: "models.Field[Any, Any]") -> dict[str, int]:
    if isinstance(source, models.PositiveSmallIntegerField):
        return {"low": 0, "high": 32_767}
    if isinstance(source, models.SmallIntegerField):
        return {"low": -32_768, "high": 32_767}
    if isinstance(source, models.PositiveIntegerField):
        return {"low": 0, "high": 2_147_483_647}
    return {}


_KINDS: Mapping[Kind, tuple[type, ...]] = {
    Kind.REFERENCE: (models.ForeignKey,),
    Kind.EMAIL: (models.EmailField,),
    Kind.TEXT: (models.CharField, models.TextField),
    Kind.NUMBER: (models.DecimalField,),
    Kind.WHOLE: (models.IntegerField,),
    Kind.MOMENT: (models.DateTimeField,),
    Kind.DATE: (models.DateField,),
    Kind.YES_NO: (models.BooleanField,),
}
_SQL: Mapping[Kind, str] = {
    Kind.TEXT: "text",
    Kind.EMAIL: "text",
    Kind.CHOICE: "text",
    Kind.CURRENCY: "text",
    Kind.WHOLE: "bigint",
    Kind.NUMBER: "numeric",
    Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
    Kind.YES_NO: "boolean",
    Kind.REFERENCE: "bigint",
}
