from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Case, ExpressionWrapper, F, FloatField, Q, When

from accounts.enums import DISTRIBUTOR_ROLES
from accounts.models import Distributor
from accounts.permissions import has_role, is_brand, sees_channel
from accounts.querysets import ByDistributorQuerySet, NarrowedQuerySet, TreeReferenceQuerySet
from catalogue.querysets import BuyingRightQuerySet, ProductQuerySet, ReferenceQuerySet
from core.actors import Actor
from core.querysets import ScopedQuerySet
from inventory.enums import Cover
from inventory.rules import COVER_CONDITIONS, SELL_IN_DAYS

__all__ = [
    "BuyingRightQuerySet",
    "ProductQuerySet",
    "ReferenceQuerySet",
    "StockQuerySet",
    "SupplyRouteQuerySet",
    "TreeReferenceQuerySet",
    "WarehouseQuerySet",
]


class WarehouseQuerySet(NarrowedQuerySet[Any]):
    def of_brand_owner(self) -> Self:
        """The brand owner's, from which orders are supplied."""
        return self.filter(distributor__isnull=True)

    def scope(self, actor: Actor) -> Self:
        """Whoever has a role knows the brand owner's; a distributor's is seen with the distributor."""
        if sees_channel(actor):
            return self
        if not has_role(actor):
            return self.none()
        return self.filter(Q(distributor__isnull=True) | Q(distributor__in=_distributors_of(actor)))


class SupplyRouteQuerySet(ByDistributorQuerySet):
    def first_of(self, distributor_id: int, day: date) -> Self:
        """The route by which the company supplies a distributor on a day, if any: as `supply_route_sql`."""
        valid = Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        ours = self.filter(*valid, distributor_id=distributor_id, warehouse__is_active=True)
        return ours.filter(warehouse__distributor__isnull=True).order_by("priority")[:1]


def supply_route_sql(distributor: str, day: str) -> str:
    """SQL: warehouse_id and lead_days of the route by which the company supplies a distributor on a day, if any."""
    return f"""(
        SELECT route.warehouse_id, route.lead_days
        FROM inventory_supplyroute AS route
        JOIN inventory_warehouse AS warehouse ON warehouse.id = route.warehouse_id
        WHERE route.distributor_id = {distributor} AND warehouse.is_active AND warehouse.distributor_id IS NULL
          AND (route.starts_on IS NULL OR route.starts_on <= {day})
          AND (route.ends_on IS NULL OR route.ends_on >= {day})
        ORDER BY route.priority LIMIT 1
    )"""  # noqa: S608 - put together from constants of the callers


class StockQuerySet(ScopedQuerySet[Any]):
    """Stock, its moves and reservations: the brand owner's, and what lies at its distributors."""

    def of_brand_owner(self) -> Self:
        """In the brand owner's warehouses: what orders are promised and supplied from."""
        return self.filter(warehouse__distributor__isnull=True)

    def supplying(self, distributor_id: int, day: date) -> Self:
        """In the warehouse that supplies a distributor on a day."""
        routes = apps.get_model("inventory", "SupplyRoute").objects.first_of(distributor_id, day)
        return self.filter(warehouse__in=routes.values("warehouse"))

    def of_distributors(self) -> Self:
        """In the distributors' warehouses: the channel inventory."""
        return self.filter(warehouse__distributor__isnull=False)

    def scope(self, actor: Actor) -> Self:
        """Brand roles see the brand owner's stock; a distributor's is seen with the distributor, by its people too."""
        if sees_channel(actor):
            return self
        theirs = Q(warehouse__distributor__in=_distributors_of(actor))
        if is_brand(actor):
            return self.filter(Q(warehouse__distributor__isnull=True) | theirs)
        return self.filter(theirs) if actor.role in DISTRIBUTOR_ROLES else self.none()

    def with_days(self) -> Self:
        """Adds `days`, the days of cover as `inventory.rules.days_of_cover` has them."""
        days = ExpressionWrapper(F("on_hand") * float(SELL_IN_DAYS) / F("sold_in"), output_field=FloatField())
        return self.annotate(days=Case(When(sold_in__gt=0, then=days), output_field=FloatField()))

    def in_cover(self, state: str) -> Self:
        """Those of one state of `inventory.rules.cover_of`."""
        return self.filter(COVER_CONDITIONS[Cover(state)])


def _distributors_of(actor: Actor) -> Any:
    return Distributor.objects.visible_to(actor).values("pk")
