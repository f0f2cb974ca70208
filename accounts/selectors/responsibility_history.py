"""What one person holds."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.enums import BRAND_ROLES
from accounts.models import Distributor, Responsibility, User
from accounts.permissions import is_brand


def duties_of_person(
    viewer: User,
    *,
    user_id: int,
    on: date,
    distributor_ids: Collection[int] = (),
    duty_ids: Collection[int] = (),
) -> list[tuple[int, int]]:
    """(distributor, duty) that a person holds on a day or later, of what the viewer sees; all, or of those named."""
    rows = Responsibility.objects.visible_to(viewer).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), user_id=user_id, duty__is_active=True
    )
    if distributor_ids:
        rows = rows.filter(distributor_id__in=distributor_ids)
    if duty_ids:
        rows = rows.filter(duty_id__in=duty_ids)
    return sorted(set(rows.values_list("distributor_id", "duty_id")))


def responsibility_history(viewer: User, *, distributor_id: int, duty_id: int) -> list[Responsibility]:
    """Everybody who answered, answers or will answer for one duty of one distributor; the latest first. One query."""
    rows = Responsibility.objects.visible_to(viewer).filter(distributor_id=distributor_id, duty_id=duty_id)
    return list(rows.select_related("user", "stand_in").order_by("-starts_on"))


def assignable_people(viewer: User) -> "QuerySet[User]":
    """Whom the viewer can give a duty to: everybody seen, and of a manager the colleagues and the supervisor too.

    The brand owner's active people, each with the memberships in force.
    """
    team = Q(pk__in=User.objects.visible_to(viewer).values("pk"))
    if is_brand(viewer) and viewer.supervisor_id is not None:
        team |= Q(pk=viewer.supervisor_id) | Q(supervisor=viewer.supervisor_id)
    found: QuerySet[User] = User.objects.filter(team, is_active=True).with_roles(BRAND_ROLES).with_memberships()
    return found.order_by("full_name", "email")


def has_colleagues(viewer: User) -> bool:
    """Whether there is anybody else to hand over to. One query."""
    return assignable_people(viewer).exclude(pk=viewer.pk).exists()


def holders_of(viewer: User, *, on: date, distributor_ids: Collection[int], duty_ids: Collection[int] = ()) -> set[int]:
    """Who holds a duty of these distributors on a day or later, of what the viewer sees. One query."""
    rows = Responsibility.objects.visible_to(viewer).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), distributor_id__in=distributor_ids, duty__is_active=True
    )
    if duty_ids:
        rows = rows.filter(duty_id__in=duty_ids)
    return set(rows.order_by().values_list("user_id", flat=True))


def responsible_people(viewer: User) -> "QuerySet[User]":
    """Everybody with a duty of a distributor that the viewer sees, whoever they are now."""
    holders = Responsibility.objects.visible_to(viewer).order_by().values("user")
    found: QuerySet[User] = User.objects.filter(pk__in=holders).order_by("full_name", "email")
    return found


def team_with_duties(viewer: User) -> "QuerySet[User]":
    """Those whom the viewer may hand over whole, who have a duty or stand in for somebody: the team, the viewer included."""
    rows = Responsibility.objects.order_by()
    some = Q(pk__in=rows.values("user")) | Q(pk__in=rows.exclude(stand_in=None).values("stand_in"))
    found: QuerySet[User] = User.objects.visible_to(viewer).filter(some).order_by("full_name", "email")
    return found


def with_duty_counts(rows: "QuerySet[User]", *, on: date) -> "QuerySet[User]":
    """Each person with `duties`, the number of duties held on the day."""
    in_force = Q(responsibilities__starts_on__lte=on) & (
        Q(responsibilities__ends_on__isnull=True) | Q(responsibilities__ends_on__gte=on)
    )
    return rows.annotate(duties=Count("responsibilities", filter=in_force))


def distributors_by_ids(viewer: User, ids: Collection[int]) -> list[Distributor]:
    return list(Distributor.objects.visible_to(viewer).filter(pk__in=ids).order_by("code"))
