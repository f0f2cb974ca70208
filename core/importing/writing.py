"""Have the service of an app write what is staged; where it is refused, find out what of it can be written."""

from functools import partial

from django.db import DatabaseError, transaction

from core.importing.counts import RowsRefused
from core.importing.partly import PartlyWritten, Written, write_partly
from core.importing.refusals import REFUSALS, explain
from core.importing.registry import Importer
from core.importing.spellings import keep_spellings
from core.importing.staging import Stage, run, value


def write(importer: Importer, stage: Stage) -> PartlyWritten:
    """Write what is staged. Where that is refused, what can be written of it, with a fault for every other record."""
    try:
        with transaction.atomic():
            return PartlyWritten(counts=dict(_write(importer, stage)))
    except (*REFUSALS, RowsRefused) as error:
        if importer.whole:
            return _nothing(importer, stage, error)
        return write_partly(stage, partial(_write, importer), error)


def _write(importer: Importer, stage: Stage) -> Written:
    keep_spellings(stage)
    written = importer.write(stage)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")
    return written


def _nothing(importer: Importer, stage: Stage, error: Exception) -> PartlyWritten:
    """Of records that make sense only together nothing is written; named is the first with which it does not go on."""
    left = int(value(f"SELECT count(*) FROM {stage.relation}"))
    if isinstance(error, RowsRefused):
        return PartlyWritten(faults=error.faults, left=left)
    place = _first_refused(importer, stage)
    field, reason = explain(error, stage) if isinstance(error, DatabaseError) else (stage.entity.key[0], str(error))
    return PartlyWritten(faults=[(place, field, reason)], left=left)


def _first_refused(importer: Importer, stage: Stage) -> int:
    """The record with which the writing begins to fail, by halving: it is named even where a trigger refused it."""
    low, high = 0, int(value(f"SELECT coalesce(max(_n), 0) FROM {stage.relation}"))
    while low < high:
        middle = (low + high) // 2
        if _fails_up_to(importer, stage, middle):
            high = middle
        else:
            low = middle + 1
    return low


def _fails_up_to(importer: Importer, stage: Stage, last: int) -> bool:
    point = transaction.savepoint()
    try:
        with transaction.atomic():
            run(f"DELETE FROM {stage.relation} WHERE _n > %s", [last])
            _write(importer, stage)
    except (*REFUSALS, RowsRefused):
        return True
    finally:
        transaction.savepoint_rollback(point)
    return False
