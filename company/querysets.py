"""Who may see the company's settings: its own people."""

from typing import Any, Self

from core.querysets import ScopedQuerySet


class StaffQuerySet(ScopedQuerySet[Any]):
    def scope(self, user: Any) -> Self:
        return self if getattr(user, "is_brand", False) else self.none()
