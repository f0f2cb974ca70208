"""What can be said of records before they are staged: bad cells, contradictions, unknown references."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from distribution.imports.convert import NULL, unescape
from distribution.imports.entities import Field
from distribution.imports.grouping import one_record_per_key
from distribution.imports.mapping import FAULT, Mapped
from distribution.imports.outcome import Outcome, Sample
from distribution.imports.references import AMBIGUOUS, WAITING, References, match_column, reason_unknown, referred

SAMPLE = 5
Fault = tuple[int, str, str]


def check_records(mapped: Mapped, outcome: Outcome, references: References) -> None:
    """Report and drop every record that is wrong, and turn references into numbers. What is left can be staged."""
    leave_out(mapped, mapped.faults, outcome, references)
    _count_positions(mapped)
    _count_products(mapped)
    _take_together(mapped, outcome, references)
    for entry in mapped.entity.fields:
        if entry.refers and entry.name in mapped.columns:
            _resolve(mapped, entry, outcome, references)


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
    """One record a key. A row that contradicts the first of its group is wrong; that first one stands for its key."""
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


def _count_positions(mapped: Mapped) -> None:
    """Lines of an order are counted in the order of the file where it has no line numbers.

    Where rows are grouped, those of one product are one line (repeated for each of its shipments).
    """
    if mapped.entity.name != "order_line" or "position" in mapped.columns:
        return
    counters: dict[str, int] = {}
    known: dict[tuple[str, str], str] = {}
    positions = []
    for key in zip(mapped.columns["order"], mapped.columns["product"], strict=True):
        if not mapped.block.group or key not in known:
            counters[key[0]] = counters.get(key[0], 0) + 1
            known[key] = str(counters[key[0]])
        positions.append(known[key])
    mapped.columns["position"] = positions


def _count_products(mapped: Mapped) -> None:
    """Where a shipment names a product in several rows, without line numbers, these are counted."""
    if mapped.entity.name != "shipment_line" or mapped.block.group or "product" not in mapped.columns:
        return
    if "position" in mapped.columns:
        return
    counters: Counter[tuple[str, str]] = Counter()
    positions = []
    for key in zip(mapped.columns["shipment"], mapped.columns["product"], strict=True):
        counters[key] += 1
        positions.append(counters[key])
    if positions and max(positions) > 1:
        mapped.columns["position"] = list(map(str, positions))
        mapped.counts_products = True


def _resolve(mapped: Mapped, entry: Field, outcome: Outcome, references: References) -> None:
    entity = referred(entry.refers)
    place = f"{mapped.block.place}.fields.{entry.name}"
    match = match_column(entity, mapped.match.get(entry.name, ""), place)
    own = entity.name == mapped.entity.name
    wires = mapped.columns[entry.name]
    known = references.numbers_of(entity, match, wires)
    if own:
        known |= {wire: wire for wire in mapped.columns.get(match, ())}
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
