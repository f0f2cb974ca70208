"""One record a key: rows that agree are combined, rows that contradict each other are wrong."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.importing import Kind
from core.importing.refusals import shorten
from integration.engine.convert import NULL, unescape
from integration.engine.mapping import Mapped
from integration.engine.values import as_text

Key = str | tuple[str, ...]


Fault = tuple[int, str, str]


def one_record_per_key(mapped: Mapped) -> tuple[list[Fault], list[int] | None]:
    """Take rows of one key together where the block says `group`, else find the doubles.

    Returns the faults by place, and the places of the records that are left of the groups; None where all are.
    """
    key_columns = [mapped.columns[name] for name in mapped.entity.key if name in mapped.columns]
    if not key_columns or not len(mapped):
        return [], None
    keys: Sequence[Key] = key_columns[0] if len(key_columns) == 1 else list(zip(*key_columns, strict=True))
    backwards = range(len(keys) - 1, -1, -1)
    first = dict(zip(reversed(keys), backwards, strict=True))
    if len(first) == len(keys):
        return [], None
    groups = list(map(first.__getitem__, keys))
    if not mapped.block.group:
        return _doubles(mapped, groups), None
    return _fold(mapped, groups), list(dict.fromkeys(groups))


def _doubles(mapped: Mapped, groups: Sequence[int]) -> list[Fault]:
    names = [name for name in mapped.entity.key if name in mapped.columns]
    faults = []
    for place, origin in enumerate(groups):
        if place != origin:
            shown = ", ".join(shorten(unescape(mapped.columns[name][place])) for name in names)
            reason = _(
                "%(key)s is already in row %(row)s. If rows with the same key belong together, set group = true."
            ) % {
                "key": shown,
                "row": mapped.frame.numbers[mapped.origin[origin]],
            }
            faults.append((place, names[0], reason))
    return faults


def _fold(mapped: Mapped, groups: Sequence[int]) -> list[Fault]:
    """Every field is the same in all rows of a group, or says which of its values counts."""
    faults = []
    for name, column in mapped.columns.items():
        pick = mapped.picks.get(name, "")
        if pick:
            mapped.columns[name], places = _picked(column, groups, pick, mapped.entity.by_name[name].kind)
            mapped.sources[name] = list(map(mapped.origin.__getitem__, places))
        elif list(map(column.__getitem__, groups)) != column:
            faults += _contradictions(mapped, name, column, groups)
    return faults


def _contradictions(mapped: Mapped, name: str, column: Sequence[str], groups: Sequence[int]) -> list[Fault]:
    reason = _("“%(here)s” here, but “%(there)s” in row %(row)s of the same %(entity)s.")
    return [
        (
            place,
            name,
            reason
            % {
                "here": shorten(unescape(wire)),
                "there": shorten(unescape(column[group])),
                "row": mapped.frame.numbers[mapped.origin[group]],
                "entity": mapped.entity.label,
            },
        )
        for place, (wire, group) in enumerate(zip(column, groups, strict=True))
        if wire != column[group]
    ]


def _picked(column: Sequence[str], groups: Sequence[int], pick: str, kind: Kind) -> tuple[list[str], list[int]]:
    """The value that counts, at the place of each group's first row, and the place where it stood."""
    gathered: dict[int, list[int]] = {}
    for place, (wire, group) in enumerate(zip(column, groups, strict=True)):
        if wire != NULL:
            gathered.setdefault(group, []).append(place)
    numbers = kind in {Kind.NUMBER, Kind.WHOLE}
    result, source = list(column), list(range(len(column)))
    for group, places in gathered.items():
        if pick == "sum":
            result[group] = as_text(sum((Decimal(column[place]) for place in places), Decimal(0)))
        else:
            source[group] = _CHOICES[pick](places, lambda place: Decimal(column[place]) if numbers else column[place])
            result[group] = column[source[group]]
    return result, source


_CHOICES: Mapping[str, Callable[[Sequence[int], Callable[[int], Any]], int]] = {
    "first": lambda places, _value: places[0],
    "last": lambda places, _value: places[-1],
    "min": lambda places, value: min(places, key=value),
    "max": lambda places, value: max(places, key=value),
}
