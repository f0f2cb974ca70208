"""The one verb by which rows are scoped to a person."""

from typing import Self, TypeVar

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

    def scope(self, actor: Actor) -> Self:  # noqa: ARG002 - the refusal does not depend on who asks
        return self.none()
