"""Codes of other things become their numbers in the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.importing import Entity
from core.importing.lookup import ids_of
from core.importing.refusals import shorten
from core.sentences import listed
from integration.engine.convert import NULL, escape, unescape
from integration.errors import ProfileError

AMBIGUOUS = "\\A"
WAITING = "\\W"


@dataclass(kw_only=True)
class References:
    """`failed` are codes and names in rows that are wrong themselves; `unread` are entities whose file is."""

    failed: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)

    def note_fault(self, entity: Entity) -> None:
        self.incomplete.add(entity.name)

    def fail(self, entity: Entity, name: str, wires: Iterable[str]) -> None:
        if name in entity.match:
            self.failed.setdefault((entity.name, name), set()).update(wires)

    def numbers_of(self, entity: Entity, match: str, wires: Iterable[str]) -> dict[str, str]:
        """The database number of each wire text; WAITING where its own row is wrong; those unknown are left out."""
        wanted = set(wires) - {NULL}
        found = find_numbers(entity, match, [unescape(wire) for wire in wanted])
        lost = self.failed.get((entity.name, match), set())
        for wire in wanted:
            if wire not in found and (entity.name in self.unread or wire in lost):
                found[wire] = WAITING
        found[NULL] = NULL
        return found


def match_column(entity: Entity, match: str, place: str) -> str:
    """The column by which an entity is referred to."""
    chosen = match or entity.match[0]
    if chosen not in entity.match:
        raise ProfileError(
            _("%(place)s: %(entity)s can be found by: %(names)s.")
            % {"place": place, "entity": entity.name, "names": listed(entity.match)},
            field=place,
        )
    return chosen


def reason_unknown(entity: Entity, wire: str, number: str | None) -> str:
    shown = shorten(unescape(wire))
    if number == AMBIGUOUS:
        return _("“%(code)s” is the name of more than one %(entity)s. Use the code instead.") % {
            "code": shown,
            "entity": entity.label,
        }
    return _("Unknown %(entity)s “%(code)s”.") % {"code": shown, "entity": entity.label}


def find_numbers(entity: Entity, match: str, values: list[str]) -> dict[str, str]:
    """The database number of each value that is found, AMBIGUOUS where several are."""
    return {escape(given): AMBIGUOUS if pk is None else str(pk) for given, pk in ids_of(entity, match, values).items()}
