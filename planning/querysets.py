from datetime import date
from typing import Any, Self

from django.db.models import Q

from accounts.models import Distributor, User
from accounts.permissions import is_brand, sees_channel
from accounts.querysets import ByDistributorQuerySet, NarrowedQuerySet
from company.querysets import StaffQuerySet
from core.actors import Actor
from planning.enums import SalesBasis


class SalesPlanQuerySet(NarrowedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """Managers see the plans of their people and of those people's distributors, a distributor those of its branch."""
        if sees_channel(actor):
            return self
        mine = Q(distributor__in=Distributor.objects.visible_to(actor).values("pk"))
        if is_brand(actor):
            mine |= Q(manager__in=User.objects.visible_to(actor).values("pk"))
        return self.filter(mine)

    def current(self) -> Self:
        """The version in force of each plan."""
        return self.filter(is_current=True)


class SalesActualQuerySet(ByDistributorQuerySet):
    """Sales posted per distributor."""

    def ordered_sales(self) -> Self:
        """Sales as they were ordered, the basis that plans and evaluations are measured by."""
        return self.filter(basis=SalesBasis.ORDERED)


class LandingForecastQuerySet(StaffQuerySet):
    """Forecasts of the whole channel: for the company's people."""

    def newest(self, year: Any, today: date) -> Self:
        """Of each currency the last one made by a day."""
        rows = self.filter(year=year, made_on__lte=today)
        return rows.order_by("currency", "-made_on").distinct("currency")


class LandingQuerySet(ByDistributorQuerySet):
    """Landings of distributors."""
