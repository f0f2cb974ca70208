"""What stands in the navigation: each app adds its items when it starts, each item says who may see it.

Items stand in groups. The menu shows a person's groups, and of the one that is open its items; a phone has the first four
groups at the bottom of its screen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.errors import Message
from core.registry import registry

Allowed = Callable[[Any], bool]
IN_BAR = 4


class NavGroup(models.TextChoices):
    """In the order of the menu."""

    TO_DO = "to_do", _("To do")
    ENTRY = "entry", _("New order")
    ORDERS = "orders", _("Orders")
    DISTRIBUTORS = "distributors", _("Distributors")
    PLANS = "plans", _("Plan and attainment")
    PRODUCTS = "products", _("Products and prices")
    STOCK = "stock", _("Stock")
    EVALUATION = "evaluation", _("Evaluation")
    SETTINGS = "settings", _("Settings")

    @property
    def icon(self) -> str:
        return _ICONS[self]


_ICONS = {
    NavGroup.TO_DO: "home",
    NavGroup.ENTRY: "shopping-cart",
    NavGroup.ORDERS: "truck",
    NavGroup.DISTRIBUTORS: "building-store",
    NavGroup.PLANS: "target-arrow",
    NavGroup.PRODUCTS: "package",
    NavGroup.STOCK: "building-warehouse",
    NavGroup.EVALUATION: "chart-bar",
    NavGroup.SETTINGS: "settings",
}


def nobody(_actor: Any) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry of a group.

    `order` sorts within it, `shortcut` is the letter after `g`, `allowed` a predicate of the signed-in person.
    `first_for` are those whose daily work it is: its group comes right after the orders, so that it is in a phone's bar.
    """

    key: str
    label: Message
    route: str
    group: NavGroup
    order: int
    allowed: Allowed
    shortcut: str = ""
    first_for: Allowed = nobody


@dataclass(frozen=True, kw_only=True)
class NavLink:
    """A page; `current` is the one that is open, or the nearest above it."""

    key: str
    label: str
    url: str
    shortcut: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class NavSection:
    """A group as one person sees it: it leads to its first page. One page alone stands for its group."""

    label: str
    icon: str
    links: Sequence[NavLink]

    @property
    def url(self) -> str:
        return self.links[0].url

    @property
    def active(self) -> bool:
        return any(link.current for link in self.links)

    @property
    def current(self) -> bool:
        return self.links[0].current

    @property
    def opened(self) -> Sequence[NavLink]:
        """The pages that are listed below the group: those of the open one, where there is a choice."""
        return self.links if self.active and len(self.links) > 1 else ()


@dataclass(frozen=True, kw_only=True)
class Menu:
    sections: Sequence[NavSection]

    @property
    def bar(self) -> Sequence[NavSection]:
        return self.sections[:IN_BAR]

    @property
    def links(self) -> list[NavLink]:
        return [link for section in self.sections for link in section.links]


def register(*items: NavItem) -> None:
    """Add entries. Called from AppConfig.ready; keys are unique."""
    for item in items:
        registry.navigation.add(item.key, item)


def menu_for(actor: Any, path: str) -> Menu:
    """The groups and pages the person may use, the one of the present page marked."""
    allowed = sorted((item for item in registry.navigation if item.allowed(actor)), key=lambda item: item.order)
    addresses = {item.key: reverse(item.route) for item in allowed}
    here = max((url for url in addresses.values() if path.startswith(url)), key=len, default="")
    here = "" if here == "/" != path else here
    pairs = [(group, [item for item in allowed if item.group == group]) for group in _groups(actor, allowed)]
    return Menu(sections=[_section(group, items, addresses, here) for group, items in pairs])


def _groups(actor: Any, allowed: Iterable[NavItem]) -> list[NavGroup]:
    used = {item.group for item in allowed}
    urgent = {item.group for item in allowed if item.first_for(actor)}
    order = list(NavGroup)
    after_orders = order.index(NavGroup.ORDERS) + 0.5

    def place(group: NavGroup) -> float:
        return after_orders if group in urgent and order.index(group) > after_orders else order.index(group)

    return sorted((group for group in order if group in used), key=place)


def _section(group: NavGroup, items: Sequence[NavItem], addresses: dict[str, str], here: str) -> NavSection:
    links = [
        NavLink(
            key=item.key,
            label=str(item.label),
            url=addresses[item.key],
            shortcut=item.shortcut,
            current=addresses[item.key] == here,
        )
        for item in items
    ]
    return NavSection(label=str(items[0].label if len(items) == 1 else group.label), icon=group.icon, links=links)
