"""Which writer takes which entity, and what is said where the database refuses a record."""

from collections.abc import Mapping

from django.db import DatabaseError, transaction

from distribution.imports.errors import RowsRefused
from distribution.imports.stage import NAME, Stage, run, value
from distribution.imports.writers.orders import write_lines, write_orders
from distribution.imports.writers.others import write_complaints, write_users, write_years
from distribution.imports.writers.partly import PartlyWritten, Writer, Written, write_partly
from distribution.imports.writers.plans import write_plans
from distribution.imports.writers.refusals import REFUSALS, explain
from distribution.imports.writers.shipments import write_shipment_lines, write_shipments
from distribution.imports.writers.stock import write_stock
from distribution.imports.writers.upsert import upsert

MANY = 1_000
_WHOLE = frozenset({"plans"})
"""Writers whose records make sense only together: the parts of a plan have to add up."""

_WRITERS: Mapping[str, Writer] = {
    "years": write_years,
    "users": write_users,
    "stock": write_stock,
    "plans": write_plans,
    "orders": write_orders,
    "lines": write_lines,
    "shipments": write_shipments,
    "shipment_lines": write_shipment_lines,
    "complaints": write_complaints,
}


def write(stage: Stage) -> PartlyWritten:
    """Write what is staged. Where that is refused, what can be written of it, with a fault for every other record."""
    try:
        with transaction.atomic():
            return PartlyWritten(counts=dict(_write(stage)))
    except (*REFUSALS, RowsRefused) as error:
        if stage.entity.writer in _WHOLE:
            return _nothing(stage, error)
        return write_partly(stage, _write, error)


def _write(stage: Stage) -> Written:
    writer = _WRITERS.get(stage.entity.writer)
    written = writer(stage) if writer else {stage.entity.name: upsert(stage)}
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")
    if any(counts.created > MANY for counts in written.values()):
        _take_statistics(stage)
    return written


def _take_statistics(stage: Stage) -> None:
    """Let the planner know of the many new rows: what follows joins them, and would be planned for an empty table."""
    columns = {"id", *(stage.entity.by_name[name].column for name in stage.entity.key)}
    fields = stage.entity.model._meta.concrete_fields
    stored = [entry.column for entry in fields if entry.column in columns or entry.is_relation]
    names = ", ".join(f'"{name}"' for name in stored)
    run(f'ANALYZE "{stage.entity.table}" ({names})')


def _nothing(stage: Stage, error: Exception) -> PartlyWritten:
    """Of records that make sense only together nothing is written; named is the first with which it does not go on."""
    left = int(value(f"SELECT count(*) FROM {NAME}"))
    if isinstance(error, RowsRefused):
        return PartlyWritten(faults=error.faults, left=left)
    place = _first_refused(stage)
    field, reason = explain(error, stage) if isinstance(error, DatabaseError) else (stage.entity.key[0], str(error))
    return PartlyWritten(faults=[(place, field, reason)], left=left)


def _first_refused(stage: Stage) -> int:
    """The record with which the writing begins to fail, by halving: it is named even where a trigger refused it."""
    low, high = 0, int(value(f"SELECT coalesce(max(_n), 0) FROM {NAME}"))
    while low < high:
        middle = (low + high) // 2
        if _fails_up_to(stage, middle):
            high = middle
        else:
            low = middle + 1
    return low


def _fails_up_to(stage: Stage, last: int) -> bool:
    point = transaction.savepoint()
    try:
        with transaction.atomic():
            run(f"DELETE FROM {NAME} WHERE _n > %s", [last])
            _write(stage)
    except (*REFUSALS, RowsRefused):
        return True
    finally:
        transaction.savepoint_rollback(point)
    return False
