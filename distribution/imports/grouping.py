"""One record a key: rows that say the same thing are taken together, rows that contradict each other are wrong."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from distribution.imports.convert import NULL, unescape
from distribution.imports.entities import Kind
from distribution.imports.mapping import Mapped
from distribution.imports.values import as_text, shorten

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
                "%(key)s is there already, in row %(row)s. If rows of one key belong together, say group = true."
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
            mapped.columns[name] = _picked(column, groups, pick, mapped.entity.by_name[name].kind)
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
                "entity": mapped.entity.name,
            },
        )
        for place, (wire, group) in enumerate(zip(column, groups, strict=True))
        if wire != column[group]
    ]


def _picked(column: Sequence[str], groups: Sequence[int], pick: str, kind: Kind) -> list[str]:
    """The value that counts, at the place of each group's first row."""
    gathered: dict[int, list[str]] = {}
    for wire, group in zip(column, groups, strict=True):
        if wire != NULL:
            gathered.setdefault(group, []).append(wire)
    choose = _CHOICES[pick]
    result = list(column)
    for group in set(groups):
        values = gathered.get(group)
        result[group] = choose(values, kind) if values else NULL
    return result


def _extreme(choose: Callable[..., str]) -> Callable[[Sequence[str], Kind], str]:
    def call(values: Sequence[str], kind: Kind) -> str:
        return choose(values, key=Decimal) if kind in {Kind.NUMBER, Kind.WHOLE} else choose(values)

    return call


_CHOICES: Mapping[str, Callable[[Sequence[str], Kind], str]] = {
    "first": lambda values, _kind: values[0],
    "last": lambda values, _kind: values[-1],
    "min": _extreme(min),
    "max": _extreme(max),
    "sum": lambda values, _kind: as_text(sum(map(Decimal, values), Decimal(0))),
}
