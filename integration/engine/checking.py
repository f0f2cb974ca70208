"""What is checked of records before they are staged: bad cells, contradictions, unknown references."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from core.codes import normal_forms
from core.importing import Field, Numbering, entities
from integration.engine.computing import FAULT
from integration.engine.convert import NULL, unescape
from integration.engine.currencies import wrong_currencies
from integration.engine.grouping import one_record_per_key
from integration.engine.mapping import Mapped
from integration.engine.outcome import Outcome, Sample
from integration.engine.references import AMBIGUOUS, WAITING, References, match_column, reason_unknown

SAMPLE = 5
Fault = tuple[int, str, str]


def check_records(mapped: Mapped, outcome: Outcome, references: References, *, currency: str) -> None:
    """Report and drop every record that is wrong, and turn references into numbers. What is left can be staged.

    `currency` is the profile's: that of rows that name none.
    """
    leave_out(mapped, mapped.faults, outcome, references)
    _number(mapped)
    _take_together(mapped, outcome, references)
    for entry in mapped.entity.fields:
        if entry.refers and entry.name in mapped.columns:
            _resolve(mapped, entry, outcome, references)
    leave_out(mapped, wrong_currencies(mapped, currency), outcome, references)


def report(mapped: Mapped, faults: Iterable[Fault], outcome: Outcome) -> None:
    """Put records into the report by the row they came from."""
    for place, name, reason in faults:
        row = mapped.sources.get(name, mapped.origin)[place]
        outcome.report(mapped.frame.wrong(row, mapped.label(name), reason))


def leave_out(mapped: Mapped, faults: Sequence[Fault], outcome: Outcome, references: References) -> None:
    """Report records that are wrong, and go on without them."""
    report(mapped, faults, outcome)
    _leave_out(mapped, {place for place, _name, _reason in faults}, references)


def _take_together(mapped: Mapped, outcome: Outcome, references: References) -> None:
    """One record a key. A row that contradicts the first of its group is wrong; the first one represents its key."""
    faults, left = one_record_per_key(mapped)
    if left is None:
        leave_out(mapped, faults, outcome, references)
    else:
        report(mapped, faults, outcome)
        if faults:
            references.note_fault(mapped.entity)
        mapped.keep(left)
    leave_out(mapped, _fill_empties(mapped), outcome, references)


def _fill_empties(mapped: Mapped) -> list[Fault]:
    """Fields that are empty in all rows of a record: they get their default, or are missing."""
    faults = []
    for name, wire in mapped.empties.items():
        column = mapped.columns[name]
        if wire is None:
            faults += [(place, name, _("It is empty.")) for place, found in enumerate(column) if found == NULL]
        elif wire != NULL:
            mapped.columns[name] = [wire if found == NULL else found for found in column]
    return faults


def _leave_out(mapped: Mapped, places: set[int], references: References) -> None:
    """Take records out, and remember what they are called: others that refer to them are not wrong for it."""
    if not places:
        return
    references.note_fault(mapped.entity)
    for name in mapped.entity.match:
        column = mapped.columns.get(name)
        if column is not None:
            references.fail(mapped.entity, name, (column[place] for place in places if column[place] is not FAULT))
    mapped.keep([place for place in range(len(mapped)) if place not in places])


def _number(mapped: Mapped) -> None:
    """Number the records within their order or shipment, where the file leaves the number out."""
    how = mapped.entity.numbering
    if how is None or how.field in mapped.columns or not {*how.within, *how.same} <= set(mapped.columns):
        return
    if how.repeated and mapped.block.group:
        return
    numbers = _numbers(mapped, how)
    if how.repeated and max(numbers, default=0) <= 1:
        return
    mapped.columns[how.field] = list(map(str, numbers))
    mapped.is_numbered = True


def _numbers(mapped: Mapped, how: Numbering) -> list[int]:
    counters: Counter[tuple[str, ...]] = Counter()
    known: dict[tuple[str, ...], int] = {}
    numbers = []
    for cells in zip(*(mapped.columns[name] for name in (*how.within, *how.same)), strict=True):
        if not mapped.block.group or cells not in known:
            within = cells[: len(how.within)]
            counters[within] += 1
            known[cells] = counters[within]
        numbers.append(known[cells])
    return numbers


def _resolve(mapped: Mapped, entry: Field, outcome: Outcome, references: References) -> None:
    entity = entities()[entry.refers]
    place = f"{mapped.block.place}.fields.{entry.name}"
    match = match_column(entity, mapped.match.get(entry.name, ""), place)
    own = entity.name == mapped.entity.name
    wires = mapped.columns[entry.name]
    known = references.numbers_of(entity, match, wires)
    if own:
        known |= _named_within(entity.by_name[match], mapped.columns.get(match, ()), set(wires) - known.keys())
    if {None, AMBIGUOUS, WAITING}.isdisjoint(map(known.get, set(wires))):
        if not own:
            mapped.columns[entry.name] = list(map(known.__getitem__, wires))
        return
    numbers = [known.get(wire) for wire in wires]
    faults = [
        (index, entry.name, reason_unknown(entity, wires[index], number))
        for index, number in enumerate(numbers)
        if number is None or number == AMBIGUOUS
    ]
    waiting = {index for index, number in enumerate(numbers) if number == WAITING}
    outcome.waiting += len(waiting)
    report(mapped, faults, outcome)
    if not own:
        mapped.columns[entry.name] = [number or NULL for number in numbers]
    _leave_out(mapped, waiting | {index for index, _name, _reason in faults}, references)


def _named_within(field: Field, rows: Sequence[str], wires: set[str]) -> dict[str, str]:
    """Those of `wires` that name a row of the same file; a code in any spelling."""
    named = dict.fromkeys(rows)
    found = {wire: wire for wire in wires if wire in named}
    others = {wire: unescape(wire) for wire in wires - found.keys()}
    if field.is_code and others and named:
        normal = normal_forms([*others.values(), *map(unescape, named)])
        forms = {normal[unescape(wire)] for wire in named}
        found |= {wire: wire for wire, code in others.items() if normal[code] in forms}
    return found


def sample_of(mapped: Mapped) -> Sample:
    """The first records as they were understood, before references are looked up."""
    return Sample(
        entity=mapped.entity.name,
        file=mapped.frame.file_of(0),
        fields=list(mapped.columns),
        columns=[mapped.labels.get(name, "") for name in mapped.columns],
        rows=[
            [None if column[place] is FAULT else unescape(column[place]) for column in mapped.columns.values()]
            for place in range(min(SAMPLE, len(mapped)))
        ],
    )
