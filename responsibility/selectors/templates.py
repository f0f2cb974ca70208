"""Which template applies to a distributor, and who of a role is given its duties."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import Distributor, Responsibility, Territory, User
from responsibility.models import AssignmentTemplate


def template_for(distributor: Distributor) -> AssignmentTemplate | None:
    """The closest: of the smallest territory around the distributor first, then of its kind of channel, then for all."""
    above = _territories_above(distributor)
    rows = AssignmentTemplate.objects.filter(is_active=True, channel_kind__in=["", distributor.channel_kind])
    found = [row for row in rows if row.territory_id is None or row.territory_id in above]
    return max(found, key=lambda row: (above.get(row.territory_id, -1), bool(row.channel_kind), row.pk), default=None)


def _territories_above(distributor: Distributor) -> Mapping[int | None, int]:
    """The territory of the distributor and those around it; the higher the number, the smaller the area."""
    if distributor.territory_id is None:
        return {}
    rows = Territory.objects.get(pk=distributor.territory_id).ancestors(include_self=True)
    return {pk: depth for depth, pk in enumerate(rows.values_list("pk", flat=True))}


def candidates_by_role(roles: Collection[str], distributor: Distributor, day: date) -> Mapping[str, int]:
    """Of each role one person: who answers in the distributor's territory already, then who has the fewest duties."""
    nearby = Responsibility.objects.on(day).filter(
        user=OuterRef("pk"), distributor__territory=distributor.territory_id, distributor__territory__isnull=False
    )
    in_force = Q(responsibilities__starts_on__lte=day) & (
        Q(responsibilities__ends_on__isnull=True) | Q(responsibilities__ends_on__gte=day)
    )
    found: dict[str, int] = {}
    for role in roles:
        people = (
            User.objects.filter(is_active=True).with_roles([role]).filter(Q(leaves_on=None) | Q(leaves_on__gte=day))
        )
        first = (
            people.annotate(near=Exists(nearby), number=Count("responsibilities", filter=in_force))
            .order_by("-near", "number", "pk")
            .values_list("pk", flat=True)
            .first()
        )
        if first is not None:
            found[role] = first
    return found
