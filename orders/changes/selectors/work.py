"""Whose turn it is: conditions on orders, for lists of work."""

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import LessThanOrEqual

from orders.changes.models import ChangeRequest, HoldQuestion
from orders.ordering.enums import HoldKind
from orders.ordering.models import OrderHold


def change_requested() -> Q:
    """The seller decides about a change."""
    return Q(Exists(ChangeRequest.objects.undecided().filter(order=OuterRef("pk"))))


def change_to_confirm(limit: Decimal | None) -> Q:
    """A change above the limit of who asks, and not above that of whoever looks; in the company's currency."""
    return Q(Exists(ChangeRequest.objects.unconfirmed(limit=limit).filter(order=OuterRef("pk"))))


def question_open() -> Q:
    """The buyer answers a question about a hold."""
    return Q(Exists(HoldQuestion.objects.unanswered().filter(hold__order=OuterRef("pk"), hold__lifted_at=None)))


def question_answered() -> Q:
    """The seller has its answer, and decides about the hold."""
    asked = HoldQuestion.objects.filter(hold__order=OuterRef("pk"), hold__lifted_at=None)
    return Q(Exists(asked.filter(answer__isnull=False))) & ~question_open()


def on_hold_by_seller() -> Q:
    """On hold for what the seller lifts, and nobody waits for an answer."""
    holds = OrderHold.objects.open().filter(order=OuterRef("pk"))
    limit, others = Exists(holds.filter(kind=HoldKind.LIMIT)), Exists(holds.exclude(kind=HoldKind.LIMIT))
    return (~Q(limit) | Q(others)) & ~question_open()


def above_limit_within(limit: Decimal | None) -> Q:
    """Above the limit of its buyer, and not above that of whoever asks; in the company's currency."""
    waits = Q(Exists(OrderHold.objects.open().filter(order=OuterRef("pk"), kind=HoldKind.LIMIT)))
    return waits if limit is None else waits & Q(LessThanOrEqual(F("net_amount") * F("exchange_rate"), limit))
