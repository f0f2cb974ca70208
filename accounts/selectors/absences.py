"""Absences of people, and who may stand in for somebody."""

from django.db.models import QuerySet

from accounts.models import User


def colleagues_of(person: User) -> "QuerySet[User]":
    """The other active people of the person's company, by name."""
    same = User.objects.filter(is_active=True, distributor_id=person.distributor_id).exclude(role="")
    rows: QuerySet[User] = same.exclude(pk=person.pk).order_by("full_name", "email")
    return rows
