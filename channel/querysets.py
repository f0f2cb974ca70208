from datetime import date
from typing import Any, Self

from django.db.models import Q

from accounts.permissions import is_brand
from accounts.querysets import ByDistributorQuerySet, DatedMixin
from channel.enums import BINDING_STATUSES, AgreementStatus
from channel.permissions import can_see_agreements, can_see_billing
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


class DistributorRecordQuerySet(DatedMixin, ByDistributorQuerySet):
    """Addresses, contacts and the like: seen with their distributor."""

    def of(self, distributor_id: int, day: date) -> Self:
        """Those of a distributor that are in force on a day or later, the default of each kind first."""
        rows = self.filter(distributor=distributor_id).from_day(day)
        kinds = ["kind"] if any(field.name == "kind" for field in self.model._meta.concrete_fields) else []
        return rows.order_by(*kinds, "-is_default", "name", "pk")


class BillingRecordQuerySet(DistributorRecordQuerySet):
    """Invoice titles and bank accounts: for whom they concern, and a distributor sees its own only."""

    def scope(self, actor: Actor) -> Self:
        if not can_see_billing(actor):
            return self.none()
        return super().scope(actor) if is_brand(actor) else self.filter(distributor=actor.distributor_id)
