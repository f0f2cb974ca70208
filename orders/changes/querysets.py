from decimal import Decimal
from typing import Any, Final, Self

from accounts.permissions import is_brand
from core.actors import Actor
from core.querysets import ScopedQuerySet
from orders.ordering.querysets import ByLineQuerySet, ByOrderQuerySet

OPEN_REQUESTS: Final = ("unconfirmed", "requested")


class ChangeRequestQuerySet(ByOrderQuerySet):
    """Seen with their order."""

    def open(self) -> Self:
        """To be confirmed by the distributor, or decided by the seller."""
        return self.filter(status__in=OPEN_REQUESTS)

    def undecided(self) -> Self:
        """The seller's turn."""
        return self.filter(status="requested")

    def unconfirmed(self, *, limit: Decimal | None) -> Self:
        """Above the limit of who asks, and not above that of whoever looks; in the company's currency."""
        found = self.filter(status="unconfirmed")
        return found if limit is None else found.filter(amount_company__lte=limit)


class RequestLineQuerySet(ByOrderQuerySet):
    path = "request__order"


class HoldQuestionQuerySet(ByOrderQuerySet):
    path = "hold__order"

    def unanswered(self) -> Self:
        return self.filter(answer__isnull=True)


class ApprovalRuleQuerySet(ScopedQuerySet[Any]):
    """The seller's own business."""

    def scope(self, actor: Actor) -> Self:
        return self if is_brand(actor) else self.none()


__all__ = [
    "OPEN_REQUESTS",
    "ApprovalRuleQuerySet",
    "ByLineQuerySet",
    "ByOrderQuerySet",
    "ChangeRequestQuerySet",
    "HoldQuestionQuerySet",
    "RequestLineQuerySet",
]
