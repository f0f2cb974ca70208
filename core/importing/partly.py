"""Writing what can be written of a block that is refused as a whole, so that every wrong record is named at once."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction

from core.importing.counts import Counts, RowsRefused
from core.importing.refusals import REFUSALS, explain
from core.importing.staging import Stage, rows, run

Written = Mapping[str, Counts]
Writer = Callable[[Stage], Written]
ALL = "import_all"
SECONDS = 30
"""So long wrong records are looked for, once there is one. Each costs a few tries: of a block that is wrong altogether
not all are named."""


@dataclass(kw_only=True)
class PartlyWritten:
    """`faults` are place, field and reason of each record that was refused. `left` counts those that were not tried."""

    counts: dict[str, Counts] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    left: int = 0


def write_partly(stage: Stage, writer: Writer, refusal: Exception, *, seconds: float = SECONDS) -> PartlyWritten:
    """Write the records one part after the other; a part that is refused is halved until single records are found.

    What was written stays, so that a record is refused that collides with one before it. `refusal` is what the whole
    block met with. The records must not need each other, except for those before them.
    """
    run(f"DROP TABLE IF EXISTS {ALL}")
    run(f"ALTER TABLE {stage.relation} RENAME TO {ALL}")
    run(f"CREATE INDEX ON {ALL} (_n)")
    done = PartlyWritten()
    until = time.monotonic() + seconds
    places = [place for (place,) in rows(f"SELECT _n FROM {ALL} ORDER BY _n")]
    waiting = _after(stage, places, refusal, done)
    while waiting and (not done.faults or time.monotonic() < until):
        part = waiting.pop()
        refused = _try(stage, part, writer, done)
        if refused is not None:
            waiting += _after(stage, part, refused, done)
    done.left = sum(map(len, waiting))
    return done


def _try(stage: Stage, places: Sequence[int], writer: Writer, done: PartlyWritten) -> Exception | None:
    """Write the records at these places. Returns what stood against it; then nothing of them is written."""
    if not places:
        return None
    try:
        with transaction.atomic():
            run(
                f"CREATE TEMPORARY TABLE {stage.relation} ON COMMIT DROP AS SELECT * FROM {ALL} WHERE _n = ANY(%s) ORDER BY _n",
                [list(places)],
            )
            stage.rows = len(places)
            written = writer(stage)
            run(f"DROP TABLE {stage.relation}")
    except (*REFUSALS, RowsRefused) as error:
        return error
    for name, counts in written.items():
        done.counts.setdefault(name, Counts()).add(counts)
    return None


def _after(stage: Stage, places: Sequence[int], refusal: Exception, done: PartlyWritten) -> list[list[int]]:
    """What is to be tried next, the first part last: without the records that were named, or the two halves."""
    if isinstance(refusal, RowsRefused):
        done.faults += refusal.faults
        named = {place for place, _field, _reason in refusal.faults}
        if not named.isdisjoint(places):
            return [[place for place in places if place not in named]]
    if len(places) <= 1:
        field, reason = stage.entity.key[0], str(refusal)
        if isinstance(refusal, DatabaseError):
            field, reason = explain(refusal, stage)
        done.faults += [(place, field, reason) for place in places]
        return []
    middle = len(places) // 2
    return [list(places[middle:]), list(places[:middle])]
