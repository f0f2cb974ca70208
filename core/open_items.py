"""What is open of a distributor, said by the apps that keep it: asked before the distributor is suspended or ended."""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import registry


@dataclass(frozen=True, kw_only=True)
class OpenItems:
    """`describe(distributor_id)` says what is open in a few words of the reader's language, "" where nothing is."""

    key: str
    describe: Callable[[int], str]
    order: int = 100


def register_open_items(*items: OpenItems) -> None:
    """Add to what is asked. Called from AppConfig.ready."""
    for entry in items:
        registry.open_items.add(entry.key, entry)


def open_items_of(distributor_id: int) -> list[str]:
    """All that is open of a distributor."""
    described = (entry.describe(distributor_id) for entry in sorted(registry.open_items, key=lambda entry: entry.order))
    return [text for text in described if text]
