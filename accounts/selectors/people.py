"""People by what somebody types, and who may stand in for whom."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from accounts.enums import BRAND_ROLES
from accounts.models import Distributor, User
from core.actors import Actor


def colleagues_of(person: User) -> "QuerySet[User]":
    """The other active people of the person's company, by name."""
    company = person.distributor_id
    same = User.objects.with_roles(BRAND_ROLES) if company is None else User.objects.of_distributors([company])
    rows: QuerySet[User] = same.filter(is_active=True).exclude(pk=person.pk).order_by("full_name", "email")
    return rows


def contacts_of(distributor: Distributor) -> "QuerySet[User]":
    """The active people of a distributor, by name, with their roles. The caller has checked that it is seen."""
    rows: QuerySet[User] = User.objects.of_distributors([distributor.pk]).filter(is_active=True).with_memberships()
    return rows.order_by("full_name", "email")


def find_people(actor: Actor, text: str, limit: int) -> Sequence[User]:
    """By name or e-mail address, active people only. One query."""
    matches = Q(full_name__icontains=text) | Q(full_name_zh__icontains=text) | Q(email__istartswith=text)
    return list(User.objects.visible_to(actor).filter(matches, is_active=True).order_by("full_name")[:limit])
