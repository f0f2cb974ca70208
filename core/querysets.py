"""The one verb by which rows are scoped to a person."""

from typing import Any, Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows a person may see. Fails closed: a subclass that says nothing shows nothing."""

    def visible_to(self, user: Any) -> Self:
        """The rows `user` may see; none for somebody anonymous, inactive, or of a role that nobody named."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.scope(user)

    def scope(self, user: Any) -> Self:  # noqa: ARG002 - the refusal does not depend on who asks
        return self.none()
