"""Sessions of a person, listed and ended. What is ended is refused from the next request on."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.cached_db import KEY_PREFIX
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from redis import RedisError

from accounts.enums import SecurityEvent
from accounts.models import User
from accounts.permissions import can_administer
from core.errors import Conflict, NotVisible
from sign_in.history import record_security_event

_BROWSERS: Final = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone|iPad", "iOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, kw_only=True)
class SessionRow:
    pk: int
    device: str
    address: str
    signed_in_at: datetime
    is_current: bool


def sessions_of(person: User, *, current_key: str | None) -> list[SessionRow]:
    """The sessions that are open now, the present one first. One query."""
    there = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=person, session_key__in=there).order_by("-created_at", "-pk")
    listed = [
        SessionRow(
            pk=row.pk,
            device=device_of(row.user_agent),
            address=row.ip,
            signed_in_at=row.created_at,
            is_current=row.session_key == current_key,
        )
        for row in rows
    ]
    return sorted(listed, key=lambda row: not row.is_current)


def device_of(user_agent: str) -> str:
    """Browser and system in words, as far as the browser tells."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if re.search(sign, user_agent)), "")
    return " · ".join(filter(None, (browser, system))) or _("Unknown device")


@transaction.atomic
def end_session(*, actor: User, session_id: int) -> User:
    """End one session, one's own or, for administrators, anybody's; returns whose it was. Records one event.

    Raises NotVisible, Conflict (Redis is away).
    """
    row = UserSession.objects.select_for_update().filter(pk=session_id).first()
    if row is None or not (row.user_id == actor.pk or can_administer(actor)):
        raise NotVisible
    _end(row, actor)
    person: User = row.user
    return person


@transaction.atomic
def end_sessions(*, actor: User, person: User, but_key: str | None = None) -> int:
    """End all sessions of a person, except one; returns how many. Records one event each. Raises NotVisible, Conflict."""
    if person.pk != actor.pk and not can_administer(actor):
        raise NotVisible
    rows = UserSession.objects.select_for_update().filter(user=person).exclude(session_key=but_key or "").order_by("pk")
    for row in rows:
        _end(row, actor)
    return len(rows)


def forget_sessions(person: User) -> None:
    """Nothing to list any more: with another password, every session that began with the old one is refused."""
    UserSession.objects.filter(user=person).delete()


def _end(row: Any, actor: User) -> None:
    """From the cache by the one that fails aloud: left there, the session would live on when Redis is back."""
    record_security_event(SecurityEvent.SESSION_ENDED, row.user, actor_id=actor.pk, address=row.ip)
    Session.objects.filter(session_key=row.session_key).delete()
    try:
        caches["watched"].delete(f"{KEY_PREFIX}{row.session_key}")
    except RedisError as error:
        raise Conflict(_("The session could not be ended just now. Try again in a minute.")) from error
    row.delete()
