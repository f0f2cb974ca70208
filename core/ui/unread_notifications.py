"""The bell in the head of every page: the app that keeps notifications says how many are unread and where they are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, kw_only=True)
class UnreadNotifications:
    unread: int
    url: str


_source: list[tuple[Callable[[Any], int], str]] = []


def register(count: Callable[[Any], int], route: str) -> None:
    """Name the one source: `count(user)` is one cheap query, `route` lists the notifications. Called from AppConfig.ready."""
    _source[:] = [(count, route)]


def unread_notifications_of(user: Any) -> UnreadNotifications | None:
    if not _source:
        return None
    count, route = _source[0]
    return UnreadNotifications(unread=count(user), url=reverse(route))
