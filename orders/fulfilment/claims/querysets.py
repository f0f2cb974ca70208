from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from accounts.querysets import NarrowedQuerySet
from core.actors import Actor
from orders.fulfilment.claims.enums import UNORDERED, ClaimStatus
from orders.ordering.querysets import ByOrderQuerySet

DECIDED = F("credited") + F("reshipped") + F("refused") + F("accepted") + F("sent_back")
"""The pieces of a line of a claim that are decided."""
_OF_BUYER = Q(kind__in=sorted(UNORDERED))


class DeliveryClaimQuerySet(NarrowedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """Seen with their order."""
        orders = apps.get_model("orders", "Order")
        return self.filter(order__in=orders.objects.visible_to(actor).values("pk"))

    def undecided(self) -> Self:
        return self.filter(status=ClaimStatus.OPEN)

    def overdue(self, today: date) -> Self:
        return self.undecided().filter(due_on__lt=today)

    def for_seller(self) -> Self:
        """Those with missing or damaged pieces that the seller has still to decide about."""
        return self.undecided().filter(Exists(_open_lines().exclude(_OF_BUYER)))

    def for_buyer(self) -> Self:
        """Those with goods that nobody ordered, which the buyer has still to accept or send back."""
        return self.undecided().filter(Exists(_open_lines().filter(_OF_BUYER)))


def _open_lines() -> Any:
    lines = apps.get_model("orders", "DeliveryClaimLine")
    return lines._base_manager.filter(claim=OuterRef("pk"), pieces__gt=DECIDED)


class ByClaimQuerySet(ByOrderQuerySet):
    path = "claim__order"


class ByClaimLineQuerySet(ByOrderQuerySet):
    path = "line__claim__order"
