"""Distributors and people by what somebody types."""

from collections.abc import Sequence

from django.db.models import Case, Q, When

from accounts.models import Distributor, User
from core.actors import Actor


def find_distributors(actor: Actor, text: str, limit: int) -> Sequence[Distributor]:
    """By what they are found by; those whose code begins like the text come first. One query."""
    found = Distributor.objects.visible_to(actor).matching(text)
    return list(found.order_by(Case(When(code__istartswith=text, then=0), default=1), "code")[:limit])


def find_people(actor: Actor, text: str, limit: int) -> Sequence[User]:
    """By name or e-mail address, active people only. One query."""
    matches = Q(full_name__icontains=text) | Q(email__istartswith=text)
    return list(User.objects.visible_to(actor).filter(matches, is_active=True).order_by("full_name")[:limit])
