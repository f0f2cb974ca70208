"""An entity and its fields. Types, lengths, choices and defaults are read from the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import models


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
    """`sql` is the type of its column in the staging table. A field without a model field is the writer's own."""

    name: str
    kind: Kind
    says: str
    column: str
    sql: str
    required: bool = False
    default: Any = None
    limit: int = 0
    decimals: int = 0
    digits: int = 19
    low: int | None = None
    high: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    refers: str = ""


@dataclass(frozen=True, kw_only=True)
class Entity:
    """`key` are the fields by which a row is found again; `match` the columns by which others may refer to it.

    `fixed` are SQL expressions for columns of a new row that no field fills. `writer` names how it is written.
    """

    name: str
    says: str
    model: type[models.Model]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    match: tuple[str, ...] = ("code",)
    fixed: Mapping[str, str] = field(default_factory=dict)
    writer: str = "upsert"

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {entry.name: entry for entry in self.fields}

    @property
    def label(self) -> str:
        """What one of them is called in a message."""
        return str(self.model._meta.verbose_name)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def own_reference(self) -> Field | None:
        """The field that refers to another row of the same entity (a tree, a supervisor)."""
        return next((entry for entry in self.fields if entry.refers == self.name), None)


def fields_of(model: type[models.Model], texts: Mapping[str, str], **overrides: Mapping[str, Any]) -> tuple[Field, ...]:
    """Fields for model fields, in the order of `texts` (name to explanation)."""
    return tuple(_field_of(model, name, says, overrides.get(name, {})) for name, says in texts.items())


def own_field(name: str, kind: Kind, says: str, **more: Any) -> Field:
    """A field that the writer turns into something else."""
    sql = {
        Kind.WHOLE: "bigint",
        Kind.NUMBER: "numeric",
        Kind.DATE: "date",
        Kind.MOMENT: "timestamp",
        Kind.REFERENCE: "bigint",
    }
    return Field(**{"name": name, "kind": kind, "says": says, "column": name, "sql": sql.get(kind, "text"), **more})


def _field_of(model: type[models.Model], name: str, says: str, overrides: Mapping[str, Any]) -> Field:
    source = model._meta.get_field(name)
    if not isinstance(source, models.Field):
        raise TypeError(name)
    has_default = source.has_default()
    values: dict[str, Any] = {
        "name": name,
        "kind": _kind_of(source),
        "says": says,
        "column": source.column,
        "sql": _SQL[_kind_of(source)],
        "required": not (source.null or has_default or source.blank),
        "default": source.get_default() if has_default else ("" if source.blank and not source.null else None),
        "limit": source.max_length or 0,
        "decimals": getattr(source, "decimal_places", 0) or 0,
        "digits": getattr(source, "max_digits", 19) or 19,
        **_bounds(source),
        "choices": {str(value): str(label) for value, label in source.flatchoices},
    }
    if isinstance(source, models.ForeignKey):
        values["refers"] = REFERENCES[source.related_model._meta.label]
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

REFERENCES: Mapping[str, str] = {
    "accounts.User": "user",
    "accounts.Distributor": "distributor",
    "accounts.Territory": "territory",
    "accounts.Tier": "tier",
    "accounts.Duty": "duty",
    "inventory.Brand": "brand",
    "inventory.Category": "category",
    "inventory.Product": "product",
    "inventory.Warehouse": "warehouse",
    "planning.PriceList": "price_list",
    "planning.Promotion": "promotion",
    "orders.Order": "order",
    "orders.Carrier": "carrier",
    "orders.Shipment": "shipment",
    "core.BusinessYear": "business_year",
}
