"""Distributors and people by what somebody types."""

from collections.abc import Sequence

from django.db.models import Q

from accounts.models import Distributor, User


def find_distributors(user: User, text: str, limit: int) -> Sequence[Distributor]:
    """By code, either name, pinyin initials or city; those whose code begins like the text come first. One query."""
    matches = (
        Q(code__istartswith=text)
        | Q(name__icontains=text)
        | Q(name_zh__icontains=text)
        | Q(pinyin__istartswith=text)
        | Q(city__istartswith=text)
    )
    return list(Distributor.objects.visible_to(user).filter(matches).order_by("code")[:limit])


def find_people(user: User, text: str, limit: int) -> Sequence[User]:
    """By name or e-mail address, active people only. One query."""
    matches = Q(full_name__icontains=text) | Q(email__istartswith=text)
    return list(User.objects.visible_to(user).filter(matches, is_active=True).order_by("full_name")[:limit])
