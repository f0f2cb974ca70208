"""What the search box of every page finds here."""

from collections.abc import Sequence
from typing import Any

from accounts.permissions import can_see_people
from accounts.selectors.search import find_distributors, find_people
from core.ui.search import SearchHit


def distributor_hits(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            title=distributor.display_name,
            subtitle=f"{distributor.code} {distributor.city}".strip(),
            url=distributor.get_absolute_url(),
        )
        for distributor in find_distributors(user, text, limit)
    ]


def person_hits(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    if not can_see_people(user):
        return []
    return [
        SearchHit(title=str(person), subtitle=person.email, url=person.get_absolute_url())
        for person in find_people(user, text, limit)
    ]
