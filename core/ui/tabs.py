"""Tabs of a detail page, also those that upper apps add to a page of a lower one. Loaded before any model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import Message
from core.registry import registry


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One tab: a template rendered with the page's context. `key` is in the address as ?tab=."""

    key: str
    label: Message
    template: str
    count: int | None = None


Panels = Callable[[Any, Any], Mapping[str, str] | None]
"""What upper apps show below every detail page: of the person and the row, the `template` and what it reads, or nothing."""
Context = Callable[[Any, Any], Mapping[str, Any]]
Step = Callable[[Any, Any], Any]
"""A button that an upper app adds to the head of a page: of the person and the row, a `NextStep` or nothing."""
Allowed = Callable[[Any], bool]


@dataclass(frozen=True, kw_only=True)
class ExtraTab:
    """`context(user, object)` is asked only when the tab is open; its template reads what it returns.

    The page has checked that the person sees the object; the context scopes everything else to the person itself.
    """

    page: str
    key: str
    label: Message
    template: str
    context: Context
    allowed: Allowed
    order: int = 100


def register(tab: ExtraTab) -> None:
    """Add a tab to `page` ("distributor"). Called from AppConfig.ready; keys are unique within a page."""
    registry.extra_tabs.add((tab.page, tab.key), tab)


def register_step(page: str, key: str, step: Step) -> None:
    """Add a button to the head of `page`. Called from AppConfig.ready; keys are unique within a page."""
    registry.extra_steps.add((page, key), step)


def steps_for(page: str, user: Any, thing: Any) -> list[Any]:
    """The added buttons that the person has on this page."""
    added = registry.extra_steps.keys()
    steps = [registry.extra_steps[key] for key in added if key[0] == page]
    return [found for step in steps if (found := step(user, thing)) is not None]


def tabs_for(page: str, user: Any) -> list[Tab]:
    """The added tabs that the person may open, in their order."""
    found = sorted((tab for tab in registry.extra_tabs if tab.page == page), key=lambda tab: tab.order)
    return [Tab(key=tab.key, label=tab.label, template=tab.template) for tab in found if tab.allowed(user)]


def context_of(page: str, key: str, user: Any, thing: Any) -> Mapping[str, Any]:
    """What the template of an added tab reads; nothing for a tab of the page's own."""
    tab = registry.extra_tabs.get((page, key))
    return tab.context(user, thing) if tab is not None and tab.allowed(user) else {}
