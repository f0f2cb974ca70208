"""What was granted and denied."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from accounts.models import Grant, User
from accounts.permissions import ORDERING
from core.actors import Actor


def grants_by_permission(*, actor: Actor, on: date) -> dict[str, list[Grant]]:
    """The grants in force on a day or later that the actor sees, by permission. One query."""
    found: dict[str, list[Grant]] = defaultdict(list)
    rows = Grant.objects.visible_to(actor).from_day(on)
    for grant in rows.select_related("person", "distributor").order_by("role", "person__full_name", "starts_on"):
        found[grant.permission].append(grant)
    return found


def limit_of(*, person: User, distributor_id: int | None, on: date) -> Decimal | None:
    """Up to which amount of the company's currency the person orders alone for the distributor. One query."""
    rows = Grant.objects.on(on).filter(person=person, distributor=distributor_id, permission=ORDERING)
    return rows.values_list("amount_limit", flat=True).first() if distributor_id else None
