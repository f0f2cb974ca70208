"""What apps add to the apps below them, in one typed place: menu entries, tabs, importers, subject types and the like.

`core` declares a slot for each kind of thing; an app fills it from AppConfig.ready, mostly by the function beside the
type (`navigation.register`, `register_subject_type`); what stands below reads the slot and knows no app.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from core.constraints import Explanation
    from core.errors import Message
    from core.importing.registry import Importer
    from core.invariants import Invariant
    from core.jobs import JobWork
    from core.open_items import OpenItems
    from core.outbox import MessageConsumer
    from core.posted_documents import PostedDocuments
    from core.subjects import SubjectType
    from core.ui.context import UnreadSource
    from core.ui.kpis import Kpi
    from core.ui.navigation import NavItem
    from core.ui.search import SearchProvider
    from core.ui.tabs import ExtraTab, Panels, Step
    from core.ui.timeline import PrivateEvents

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Slot(Generic[K, T]):
    """The entries of one kind, by key, in the order in which they were added. A key keeps its first entry."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[K, T] = {}

    def add(self, key: K, entry: T) -> None:
        """Add an entry; the same one again changes nothing. Raises ValueError where the key has another one."""
        if self._entries.setdefault(key, entry) != entry:
            raise ValueError(f"the {self.name} {key} is registered already")

    def get(self, key: K) -> T | None:
        return self._entries.get(key)

    def __getitem__(self, key: K) -> T:
        return self._entries[key]

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def keys(self) -> tuple[K, ...]:
        return tuple(self._entries)


class Registry:
    """The slots. Tabs and KPI cards have the key (page, key), consumers of the outbox (topic, name)."""

    def __init__(self) -> None:
        self.navigation: Final[Slot[str, NavItem]] = Slot("menu entry")
        self.search_providers: Final[Slot[str, SearchProvider]] = Slot("search provider")
        self.extra_tabs: Final[Slot[tuple[str, str], ExtraTab]] = Slot("tab")
        self.extra_steps: Final[Slot[tuple[str, str], Step]] = Slot("step")
        self.private_events: Final[Slot[str, PrivateEvents]] = Slot("private events in a time line")
        self.panels: Final[Slot[str, Panels]] = Slot("panel of detail pages")
        self.kpis: Final[Slot[tuple[str, str], Kpi]] = Slot("KPI card")
        self.unread_notifications: Final[Slot[str, UnreadSource]] = Slot("source of unread notifications")
        self.event_kinds: Final[Slot[str, Message]] = Slot("kind of event")
        self.consumers: Final[Slot[tuple[str, str], MessageConsumer]] = Slot("consumer")
        self.job_works: Final[Slot[str, JobWork]] = Slot("work of the job")
        self.subject_types: Final[Slot[str, SubjectType]] = Slot("subject type")
        self.importers: Final[Slot[str, Importer]] = Slot("importer of")
        self.invariants: Final[Slot[str, Invariant]] = Slot("invariant")
        self.posted_documents: Final[Slot[str, PostedDocuments]] = Slot("documents posted as")
        self.open_items: Final[Slot[str, OpenItems]] = Slot("open items")
        self.represented: Final[Slot[str, Callable[[int, int, datetime], Any]]] = Slot(
            "expression of whom somebody represents"
        )
        self.explanations: Final[Slot[str, Explanation]] = Slot("explanation of")


registry: Final = Registry()
