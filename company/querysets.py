"""Who may see the company's settings: its own people."""

from typing import Any, Self

from company.permissions import can_see_company
from core.actors import Actor
from core.querysets import ScopedQuerySet


class StaffQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        return self if can_see_company(actor) else self.none()
