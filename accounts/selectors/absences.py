"""Absences of people, and who may stand in for somebody."""

from django.db.models import QuerySet

from accounts.enums import BRAND_ROLES
from accounts.models import User


def colleagues_of(person: User) -> "QuerySet[User]":
    """The other active people of the person's company, by name."""
    company = person.distributor_id
    same = User.objects.with_roles(BRAND_ROLES) if company is None else User.objects.of_distributors([company])
    rows: QuerySet[User] = same.filter(is_active=True).exclude(pk=person.pk).order_by("full_name", "email")
    return rows
