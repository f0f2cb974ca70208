from typing import Any, Self

from accounts.enums import SEES_WHOLE_CHANNEL, Role
from core.querysets import ScopedQuerySet


class PriceListQuerySet(ScopedQuerySet[Any]):
    def scope(self, user: Any) -> Self:
        """Brand roles only: a distributor sees its own prices in the catalogue, not the lists."""
        return self if user.role in SEES_WHOLE_CHANNEL or user.role == Role.MANAGER else self.none()


class PriceQuerySet(PriceListQuerySet):
    """Prices are seen with their lists."""
