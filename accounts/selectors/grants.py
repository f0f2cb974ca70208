"""What was granted and denied."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from accounts.models import Grant
from core.actors import Actor


def grants_by_permission(*, actor: Actor, on: date) -> dict[str, list[Grant]]:
    """The grants in force on a day or later that the actor sees, by permission. One query."""
    found: dict[str, list[Grant]] = defaultdict(list)
    rows = Grant.objects.visible_to(actor).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    for grant in rows.select_related("person").order_by("role", "person__full_name", "starts_on"):
        found[grant.permission].append(grant)
    return found
