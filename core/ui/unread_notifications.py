"""The unread notifications in the head of every page: the app that keeps them says how many, and where they are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.registry import registry


@dataclass(frozen=True, kw_only=True)
class UnreadNotifications:
    unread: int
    url: str


@dataclass(frozen=True, kw_only=True)
class UnreadSource:
    """`count(user)` is one cheap query, `route` lists the notifications."""

    count: Callable[[Any], int]
    route: str


_KEY = "notifications"


def register(count: Callable[[Any], int], route: str) -> None:
    """Name the one source. Called from AppConfig.ready."""
    registry.unread_notifications.add(_KEY, UnreadSource(count=count, route=route))


def unread_notifications_of(user: Any) -> UnreadNotifications | None:
    source = registry.unread_notifications.get(_KEY)
    return UnreadNotifications(unread=source.count(user), url=reverse(source.route)) if source else None
