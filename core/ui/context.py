"""What the base layout of every page needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.ui.navigation import links_for
from core.ui.unread_notifications import unread_notifications_of

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


def layout(request: HttpRequest) -> dict[str, Any]:
    """Theme, navigation and bell; the parts that cost a query are asked for only where the layout shows them."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    context: dict[str, Any] = {"theme": theme if theme in THEMES else ""}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["navigation"] = SimpleLazyObject(lambda: links_for(user, request.path))
        context["may_administer"] = user.is_staff
        context["unread_notifications"] = SimpleLazyObject(lambda: unread_notifications_of(user))
    return context
