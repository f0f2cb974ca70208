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
    def waiting(self, limit: Decimal | None = None) -> Self:
        """Somebody decides about them, within a limit of the company's currency where there is one."""
        rows = self.filter(status=ReturnStatus.REQUESTED)
        return rows if limit is None else rows.filter(Q(LessThanOrEqual(F("asked_amount_company"), limit)))

    def to_handle(self) -> Self:
        """The warehouse receives or inspects them."""
        return self.filter(status__in=[ReturnStatus.SENT, ReturnStatus.RECEIVED])


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
