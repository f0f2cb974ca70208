"""The search box in the head of every page: each app adds a provider for what it knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Message
from core.registry import registry


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """`code` is what a filter that asks for one of these takes."""

    title: str
    url: str
    subtitle: str = ""
    code: str = ""


Find = Callable[[Any, str, int], Sequence[SearchHit]]


@dataclass(frozen=True, kw_only=True)
class SearchProvider:
    """`find(user, text, limit)` gives what that person may see, the best first, by one indexed query."""

    key: str
    label: Message
    find: Find
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class SearchGroup:
    label: str
    hits: Sequence[SearchHit]


SHORTEST = 2


def register(provider: SearchProvider) -> None:
    """Add a provider. Called from AppConfig.ready; keys are unique."""
    registry.search_providers.add(provider.key, provider)


def suggest(user: Any, key: str, text: str, *, limit: int = 12) -> Sequence[SearchHit]:
    """What one provider finds, for a field that wants a code; nothing where there is no such provider."""
    provider = registry.search_providers.get(key)
    if provider is None or len(text.strip()) < SHORTEST:
        return []
    return [hit for hit in provider.find(user, text.strip(), limit) if hit.code]


def search(user: Any, text: str, *, limit: int = 6) -> list[SearchGroup]:
    """What every provider finds, groups without a hit left out."""
    text = text.strip()
    if len(text) < SHORTEST:
        return []
    providers = sorted(registry.search_providers, key=lambda provider: provider.order)
    found = ((provider.label, provider.find(user, text, limit)) for provider in providers)
    return [SearchGroup(label=str(label), hits=hits) for label, hits in found if hits]
