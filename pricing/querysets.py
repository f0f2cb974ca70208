from typing import Any, Self

from accounts.permissions import is_brand
from core.querysets import ScopedQuerySet


class PriceListQuerySet(ScopedQuerySet[Any]):
    def scope(self, user: Any) -> Self:
        """Brand roles only: a distributor sees its own prices in the catalogue, not the lists."""
        return self if is_brand(user) else self.none()


class PriceQuerySet(PriceListQuerySet):
    """Prices are seen with their lists."""
