from typing import Any, Self

from accounts.permissions import is_brand
from core.actors import Actor
from core.querysets import ScopedQuerySet


class PriceListQuerySet(ScopedQuerySet[Any]):
    owner = "owner"

    def scope(self, actor: Actor) -> Self:
        """Brand roles see the company's: a distributor sees its own prices in the catalogue, not the lists.

        At which prices a distributor sells on is not the brand owner's to see.
        """
        if is_brand(actor):
            return self.filter(**{f"{self.owner}__isnull": True})
        return self.none()


class PriceQuerySet(PriceListQuerySet):
    """Prices are seen with their lists."""

    owner = "price_list__owner"
