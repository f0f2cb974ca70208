from decimal import Decimal
from typing import Any, Self

from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual

from accounts.permissions import has_role
from accounts.querysets import ByDistributorQuerySet
from core.actors import Actor
from core.querysets import ScopedQuerySet
from orders.returns.enums import ReturnStatus


class ReturnedGoodsQuerySet(ByDistributorQuerySet):
    """Imported history, seen with its distributor."""


class ReturnQuerySet(ByDistributorQuerySet):
    def within(self, limit: Decimal | None) -> Self:
        """Without those to be decided that are above a limit of the company's currency."""
        if limit is None:
            return self
        above = ~Q(LessThanOrEqual(F("asked_amount_company"), limit)) | Q(asked_amount_company__isnull=True)
        return self.exclude(above, status=ReturnStatus.REQUESTED)


class ByReturnQuerySet(ByDistributorQuerySet):
    path = "document__distributor"


class ByReturnLineQuerySet(ByDistributorQuerySet):
    path = "line__document__distributor"


class ReturnPolicyQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """A policy is no secret to whoever has a role: it says what can be returned."""
        return self if has_role(actor) else self.none()

    def for_tier(self, tier_id: int | None) -> Self:
        """Those that hold for a tier, its own one first."""
        rows = self.filter(Q(tier=tier_id) | Q(tier__isnull=True), is_active=True)
        return rows.order_by(F("tier").asc(nulls_last=True), "pk")
