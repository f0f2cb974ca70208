"""What a new distributor still needs before it can order, on its own page: each app says its part.

Loaded before any model; an app registers its items in AppConfig.ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.actors import Actor
from core.errors import Message
from core.registry import Slot


@dataclass(frozen=True, kw_only=True)
class ChecklistItem:
    """`is_done` reads it of a distributor; `url` is where it is done, empty for whoever may not do it."""

    key: str
    label: Message
    is_done: Callable[[Any], bool]
    url: Callable[[Actor, Any], str]
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class ChecklistRow:
    key: str
    label: Message
    is_done: bool
    url: str


_ITEMS: Slot[str, ChecklistItem] = Slot("item of the checklist")


def register(*items: ChecklistItem) -> None:
    for item in items:
        _ITEMS.add(item.key, item)


def checklist_of(actor: Actor, distributor: Any) -> list[ChecklistRow]:
    """Every item with its state, in their order; a few queries each. Empty once everything is done."""
    rows = [
        ChecklistRow(
            key=item.key, label=item.label, is_done=item.is_done(distributor), url=item.url(actor, distributor)
        )
        for item in sorted(_ITEMS, key=lambda item: item.order)
    ]
    return [] if all(row.is_done for row in rows) else rows
