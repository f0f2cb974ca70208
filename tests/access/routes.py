"""All routes of the URLconf, and all rows of the table: `ROUTES` and `build` of every `<app>_routes` beside this."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

import tests.access
from tests.access.table import Route
from tests.access.world import World, build_world

METHODS = ("get", "post", "put", "patch", "delete")
# Covered by rules of their own in test_routes.py, not one by one.
BY_RULE = ("admin:", "account_", "mfa_", "set_language")


def route_modules() -> list[Any]:
    names = [found.name for found in pkgutil.iter_modules(tests.access.__path__) if found.name.endswith("_routes")]
    return [importlib.import_module(f"tests.access.{name}") for name in sorted(names) if not name.startswith("test_")]


def all_rows() -> list[Route]:
    return [row for module in route_modules() for row in module.ROUTES]


def whole_world() -> World:
    world = build_world()
    for module in route_modules():
        if hasattr(module, "build"):
            module.build(world)
    return world


def routes_of_the_site() -> set[tuple[str, str]]:
    """(name, method) of every address, but those covered by a rule."""
    found: set[tuple[str, str]] = set()
    for name, pattern in _patterns(get_resolver().url_patterns, ""):
        if name.startswith(BY_RULE):
            continue
        found.update((name, method.upper()) for method in _methods(pattern.callback))
    return found


def _patterns(patterns: list[Any], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", pattern


def _methods(view: Any) -> set[str]:
    if actions := getattr(view, "actions", None):
        return set(actions) & set(METHODS)
    owner = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return {method for method in METHODS if hasattr(owner, method)} if owner else {"get"}
