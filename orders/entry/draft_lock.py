"""Who works on a draft just now: seen by everybody else who opens it, until they leave it or it is taken over.

Kept in the cache and lapses by itself: it is a courtesy between people. What counts is asked at placing, by the version.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User

LIFE_SECONDS = 90
"""A page renews it every 30 seconds; whoever closes the page frees the draft after this time."""


@dataclass(frozen=True, kw_only=True)
class DraftLock:
    person_id: int
    name: str
    since: datetime


def _key(order_id: int) -> str:
    return f"draft-lock-{order_id}"


def lock_of(order_id: int, person: User) -> DraftLock | None:
    """The lock of somebody else. Where there is none, the draft is the person's from now on, or stays theirs."""
    found = cache.get(_key(order_id))
    lock = DraftLock(**found) if isinstance(found, dict) else None
    if lock is not None and lock.person_id != person.pk:
        return lock
    _write(order_id, person, since=lock.since if lock else timezone.now())
    return None


def take_over(order_id: int, person: User) -> None:
    """The draft is the person's, whoever worked on it before."""
    _write(order_id, person, since=timezone.now())


def _write(order_id: int, person: User, *, since: datetime) -> None:
    value = {"person_id": person.pk, "name": person.display_name, "since": since}
    cache.set(_key(order_id), value, LIFE_SECONDS)
