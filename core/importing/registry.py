"""Which entities can be imported, who writes them, and in what order. Apps register theirs from AppConfig.ready."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from core.importing.counts import Counts
from core.importing.entity import Entity
from core.importing.staging import Stage
from core.importing.upsert import upsert
from core.registry import registry

Write = Callable[[Stage], Mapping[str, Counts]]
Prepare = Callable[[], None]
Finish = Callable[[Collection[str]], None]
Warn = Callable[[], Sequence[str]]


def write_plainly(stage: Stage) -> Mapping[str, Counts]:
    """Write the rows of an entity that is one table and nothing else."""
    return {stage.entity.name: upsert(stage)}


@dataclass(frozen=True, kw_only=True)
class Importer:
    """An entity and the service of its app that writes what is staged of it.

    It comes after the entities that its fields refer to, and after those of `after`. `whole`: its records make sense
    only together, so that none is written where one is refused. `page` is the route of the list that shows them.
    `prepare` is called before and `finish` after the records of every import, whether it holds this entity or not;
    `finish` is given the entities of which rows were created or changed, and raises ImportRefused where the whole does
    not add up. `warn` says afterwards what was taken all the same but should be looked at.
    """

    entity: Entity
    write: Write = write_plainly
    after: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    whole: bool = False
    page: str = ""
    prepare: Prepare | None = None
    finish: Finish | None = None
    warn: Warn | None = None

    @property
    def needs(self) -> set[str]:
        """The names of the entities that have to be there before this one."""
        refers = {entry.refers for entry in self.entity.fields if entry.refers}
        return (refers | set(self.after)) - {self.entity.name}


_ordered: list[Importer] = []
"""The importers in their order, until another one is registered."""


def register_importers(*importers: Importer) -> None:
    """Make the entities of an app known. Called from AppConfig.ready."""
    for importer in importers:
        registry.importers.add(importer.entity.name, importer)
    _ordered.clear()


def importers() -> list[Importer]:
    """All importers, each after those that it needs. Raises ValueError where one needs what nobody registered."""
    if not _ordered:
        _ordered.extend(_sorted())
    return list(_ordered)


def importer_named(name: str) -> Importer | None:
    """The importer of an entity, by its name or by another name of it."""
    found = registry.importers.get(name)
    return found or next((entry for entry in registry.importers if name in entry.aliases), None)


def entities() -> dict[str, Entity]:
    """All entities by name, in the order in which they can refer to each other."""
    return {entry.entity.name: entry.entity for entry in importers()}


def _sorted() -> list[Importer]:
    result: list[Importer] = []
    done: set[str] = set()
    waiting = list(registry.importers)
    while waiting:
        ready = next((entry for entry in waiting if entry.needs <= done), None)
        if ready is None:
            raise ValueError(f"These need each other, or what is not there: {[row.entity.name for row in waiting]}")
        waiting.remove(ready)
        done.add(ready.entity.name)
        result.append(ready)
    return result
