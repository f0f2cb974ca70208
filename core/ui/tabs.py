"""A tab of a detail page; a module of its own, because apps name tabs before any model is there."""

from dataclasses import dataclass

from core.errors import Message


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One tab: a template drawn with the page's context. `key` stands in the address as ?tab=."""

    key: str
    label: Message
    template: str
    count: int | None = None
