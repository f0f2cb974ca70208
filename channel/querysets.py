from datetime import date
from typing import Any, Self

from django.db.models import Q

from accounts.permissions import is_brand
from accounts.querysets import ByDistributorQuerySet
from channel.enums import BINDING_STATUSES, AgreementStatus
from channel.permissions import can_see_agreements
from core.actors import Actor


class AgreementQuerySet(ByDistributorQuerySet):
    def scope(self, actor: Actor) -> Self:
        """The brand's people by distributor; a distributor its own only, from the day on which it was sent to it."""
        if not can_see_agreements(actor):
            return self.none()
        if is_brand(actor):
            return super().scope(actor)
        return self.filter(distributor=actor.distributor_id).exclude(status=AgreementStatus.DRAFT)

    def on(self, day: date) -> Self:
        """Those under which orders are taken on a day, in their days of grace too."""
        until = Q(orders_until__isnull=True) | Q(orders_until__gte=day)
        return self.filter(until, status__in=BINDING_STATUSES, starts_on__lte=day)


class ByAgreementQuerySet(ByDistributorQuerySet):
    """Rows of an agreement, seen with it."""

    path = "agreement__distributor"

    def scope(self, actor: Actor) -> Any:
        model: Any = self.model
        agreements = model._meta.get_field("agreement").related_model.objects.visible_to(actor)
        return self.filter(agreement__in=agreements.values("pk"))
