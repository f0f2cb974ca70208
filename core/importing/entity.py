"""What can be imported: an entity with its fields, key and defaults, declared by the app that owns the table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models

from core.errors import Message
from core.importing.fields import Field


@dataclass(frozen=True, kw_only=True)
class Numbering:
    """How the records of a file that leaves `field` out are numbered: from 1 within `within`, in the order of the file.

    Where the file's rows are grouped, those that are alike in `same` are one record; with `repeated`, nothing is
    numbered then, nor where no number would pass 1.
    """

    field: str
    within: tuple[str, ...]
    same: tuple[str, ...]
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class Entity:
    """`key` are the fields by which a row is found again; `match` the columns by which others may refer to it.

    `lookups` find rows by a column of `match` where it is not compared as it is written; they return ids by what was given.
    `titles` are what one and several of them are called, where that is not what their model is called.
    `fixed` are SQL expressions for columns of a new row that no field fills. `reasons` say what it means when a
    constraint refuses a record.
    """

    name: str
    help_text: str
    model: type[models.Model]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    match: tuple[str, ...] = ("code",)
    titles: tuple[Message, Message] | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, Message] = field(default_factory=dict)
    lookups: Mapping[str, Callable[[Iterable[str]], Mapping[str, int]]] = field(default_factory=dict)
    numbering: Numbering | None = None

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {entry.name: entry for entry in self.fields}

    @property
    def label(self) -> str:
        """What one of them is called in a message."""
        return str(self.titles[0] if self.titles else self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        return str(self.titles[1] if self.titles else self.model._meta.verbose_name_plural)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def self_reference(self) -> Field | None:
        """The field that refers to another row of the same entity (a tree, a supervisor)."""
        return next((entry for entry in self.fields if entry.refers == self.name), None)
