from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.enums import DISTRIBUTOR_ROLES, Role
from accounts.models import Distributor
from accounts.querysets import ByDistributorQuerySet, EveryoneQuerySet
from catalogue.enums import ProductStatus
from core.querysets import ScopedQuerySet

ReferenceQuerySet = EveryoneQuerySet


class BuyingRightQuerySet(ByDistributorQuerySet):
    def current(self) -> Self:
        """Rights in force today."""
        today = timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)


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
        rights = apps.get_model("catalogue", "BuyingRight").objects.current().filter(who)
        return self.filter(
            Exists(rights.filter(brand=OuterRef("brand"))) | Exists(rights.filter(product=OuterRef("pk")))
        )
