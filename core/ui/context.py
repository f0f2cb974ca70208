"""What the base layout of every page needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from core.registry import registry
from core.ui.navigation import menu_for

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


def layout(request: HttpRequest) -> dict[str, Any]:
    """Theme, navigation, unread notifications; what costs a query is asked for only where the layout shows it."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    context: dict[str, Any] = {"theme": theme if theme in THEMES else ""}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["menu"] = SimpleLazyObject(lambda: menu_for(user, request.path))
        context["may_administer"] = user.is_staff
        context["unread_notifications"] = SimpleLazyObject(lambda: unread_notifications_of(user))
    return context


@dataclass(frozen=True, kw_only=True)
class UnreadNotifications:
    """`messages` of them are of conversations."""

    unread: int
    url: str
    messages: int
    messages_url: str


@dataclass(frozen=True, kw_only=True)
class UnreadSource:
    """`count(user)` is one cheap query: `notifications` and, among them, `messages`; the routes list them."""

    count: Callable[[Any], Mapping[str, int]]
    route: str
    messages_route: str


_KEY = "notifications"


def register_unread_notifications(source: UnreadSource) -> None:
    """Name the one source. Called from AppConfig.ready."""
    registry.unread_notifications.add(_KEY, source)


def unread_notifications_of(user: Any) -> UnreadNotifications | None:
    source = registry.unread_notifications.get(_KEY)
    if source is None:
        return None
    counts = source.count(user)
    return UnreadNotifications(
        unread=counts["notifications"],
        url=reverse(source.route),
        messages=counts["messages"],
        messages_url=reverse(source.messages_route),
    )
