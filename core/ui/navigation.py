"""The navigation: each app adds its items at start-up, each item says who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.errors import Message
from core.registry import registry

Allowed = Callable[[Any], bool]


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry. `order` sorts, `shortcut` is the letter after `g`, `allowed` a predicate of the signed-in person."""

    key: str
    label: Message
    route: str
    icon: str
    order: int
    allowed: Allowed
    shortcut: str = ""


@dataclass(frozen=True, kw_only=True)
class NavLink:
    key: str
    label: str
    url: str
    icon: str
    shortcut: str
    active: bool


def register(*items: NavItem) -> None:
    """Add entries. Called from AppConfig.ready; keys are unique."""
    for item in items:
        registry.navigation.add(item.key, item)


def links_for(user: Any, path: str) -> list[NavLink]:
    """The entries the person may use, the one of the present page marked."""
    allowed = sorted((item for item in registry.navigation if item.allowed(user)), key=lambda item: item.order)
    addresses = {item.key: reverse(item.route) for item in allowed}
    here = max((url for url in addresses.values() if path.startswith(url)), key=len, default="")
    return [
        NavLink(
            key=item.key,
            label=str(item.label),
            url=addresses[item.key],
            icon=item.icon,
            shortcut=item.shortcut,
            active=addresses[item.key] == here and (here != "/" or path == "/"),
        )
        for item in allowed
    ]
