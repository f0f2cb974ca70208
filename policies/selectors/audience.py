"""Who an announcement is for, as its criteria say today."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.enums import DistributorStatus
from accounts.models import Distributor, Territory
from catalogue.models import BuyingRight
from policies.models import Announcement

NOT_YET_OR_NO_MORE = (DistributorStatus.APPLICANT, DistributorStatus.TERMINATED)


def distributors_now() -> "QuerySet[Distributor]":
    """Those that announcements can be for: neither applicants nor former ones."""
    rows: QuerySet[Distributor] = Distributor.objects.without_tree_fields().exclude(status__in=NOT_YET_OR_NO_MORE)
    return rows


def audience_of(announcement: Announcement) -> "QuerySet[Distributor]":
    """The distributors that meet all its criteria, and those of its list; everybody where it names neither."""
    listed = list(announcement.distributors.values_list("pk", flat=True))
    criteria = _criteria(announcement)
    if not criteria:
        return distributors_now().filter(pk__in=listed) if listed else distributors_now()
    return distributors_now().filter(criteria | Q(pk__in=listed))


def _criteria(announcement: Announcement) -> Q:
    found = Q()
    if announcement.channel_kinds:
        found &= Q(channel_kind__in=announcement.channel_kinds)
    if tiers := list(announcement.tiers.values_list("pk", flat=True)):
        found &= Q(tier__in=tiers)
    if territories := list(announcement.territories.all()):
        found &= Q(territory__in=_with_those_below(territories))
    if brands := list(announcement.brands.values_list("pk", flat=True)):
        found &= Q(pk__in=_buyers_of(brands))
    return found


def _with_those_below(territories: list[Territory]) -> set[int]:
    return {row.pk for top in territories for row in top.descendants(include_self=True)}


def _buyers_of(brands: list[int]) -> "QuerySet[BuyingRight, int]":
    """Those who may buy something of these brands today."""
    today = timezone.localdate()
    in_force = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    rights = BuyingRight.objects.filter(in_force, Q(brand__in=brands) | Q(product__brand__in=brands))
    return rights.order_by().values_list("distributor_id", flat=True)
