"""Rows scoped to a person, and rows with texts beside their columns."""

from typing import Any, Self, TypeVar

from django.db import models

from core.actors import Actor

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows a person may see. Fails closed: a subclass that says nothing shows nothing."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows `actor` may see; none for somebody anonymous, inactive, or of a role that nobody named."""
        if not getattr(actor, "is_authenticated", False) or not actor.is_active:
            return self.none()
        return self.scope(actor)

    def scope(self, _actor: Actor) -> Self:
        return self.none()


class RowWithTexts:
    """A row of the database with some words more: reads like the row."""

    def __init__(self, row: Any, **words: str) -> None:
        self.row = row
        self.words = words

    def __getattr__(self, name: str) -> Any:
        words = self.__dict__["words"]
        return words[name] if name in words else getattr(self.__dict__["row"], name)
