from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.enums import DISTRIBUTOR_ROLES, Role
from accounts.models import Distributor
from accounts.querysets import BrandOnlyQuerySet, ByDistributorQuerySet, EveryoneQuerySet, TreeReferenceQuerySet
from core.querysets import ScopedQuerySet
from inventory.enums import ProductStatus

__all__ = ["BuyingRightQuerySet", "ProductQuerySet", "ReferenceQuerySet", "StockQuerySet", "TreeReferenceQuerySet"]

ReferenceQuerySet = EveryoneQuerySet
StockQuerySet = BrandOnlyQuerySet


class BuyingRightQuerySet(ByDistributorQuerySet):
    def current(self) -> Self:
        """Rights in force today."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=Now()), starts_on__lte=Now())


class ProductQuerySet(ScopedQuerySet[Any]):
    def scope(self, user: Any) -> Self:
        """Brand roles see the catalogue; a distributor what somebody of its own branch may buy."""
        if user.role in DISTRIBUTOR_ROLES:
            branch = Distributor.objects.visible_to(user).values("pk")
            return self.with_right(Q(distributor__in=branch))
        return self if user.role in Role.values else self.none()

    def buyable_by(self, distributor_id: int) -> Self:
        """What one distributor may buy today: on sale, and by right of the brand or of the product."""
        return self.filter(status=ProductStatus.ACTIVE).with_right(Q(distributor_id=distributor_id))

    def with_right(self, who: Q) -> Self:
        """Products for which somebody among `who` has a right in force today."""
        rights = apps.get_model("inventory", "BuyingRight").objects.current().filter(who)
        return self.filter(
            Exists(rights.filter(brand=OuterRef("brand"))) | Exists(rights.filter(product=OuterRef("pk")))
        )
