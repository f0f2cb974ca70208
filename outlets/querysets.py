from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.permissions import is_brand, sees_channel
from accounts.querysets import ByDistributorQuerySet, DatedMixin, distributors
from core.actors import Actor
from core.querysets import ScopedQuerySet
from outlets.permissions import can_see_outlets


class OutletQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """The brand's people by the distributors that an outlet is or was linked to, and those linked to nobody.

        A distributor's those that buy from its own branch today or later, and closed ones that did until the last day.
        """
        if not can_see_outlets(actor):
            return self.none()
        if sees_channel(actor):
            return self
        links = self._links()
        seen = links.filter(distributor__in=distributors().visible_to(actor).values("pk"))
        if is_brand(actor):
            return self.filter(Exists(seen) | ~Exists(links))
        until = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()) | Q(ends_on=F("outlet__closed_on"))
        return self.filter(Exists(seen.filter(until)))

    def of_distributors(self, ids: Any) -> Self:
        """Those that buy from one of these distributors today."""
        return self.filter(Exists(self._links().on(timezone.localdate()).filter(distributor__in=ids)))

    def buying(self, brand_id: int) -> Self:
        """Those that buy a brand today, from whomever."""
        of_brand = Q(brand=brand_id) | Q(brand__isnull=True)
        return self.filter(Exists(self._links().on(timezone.localdate()).filter(of_brand)))

    def _links(self) -> Any:
        links: Any = self.model._meta.get_field("links").related_model
        return links.objects.filter(outlet=OuterRef("pk"))


class OutletLinkQuerySet(DatedMixin, ByDistributorQuerySet):
    def scope(self, actor: Actor) -> Self:
        """Seen with their distributor: whom else an outlet buys from is no business of a distributor."""
        return super().scope(actor) if can_see_outlets(actor) else self.none()


class DirectionQuerySet(DatedMixin, ByDistributorQuerySet):
    """Seen with the distributor."""
