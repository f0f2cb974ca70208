"""Which writer takes which entity, and what is said where the database refuses a record."""

from collections.abc import Callable, Mapping

from django.db import DatabaseError, DataError, IntegrityError, InternalError, transaction
from django.utils.translation import gettext as _

from core.constraints import as_domain_error
from distribution.imports.errors import RowsRefused
from distribution.imports.outcome import Counts
from distribution.imports.stage import NAME, Stage, run, value
from distribution.imports.values import shorten
from distribution.imports.writers.orders import write_lines, write_orders
from distribution.imports.writers.others import write_complaints, write_users, write_years
from distribution.imports.writers.plans import write_plans
from distribution.imports.writers.shipments import write_shipment_lines, write_shipments
from distribution.imports.writers.stock import write_stock
from distribution.imports.writers.upsert import upsert

Written = Mapping[str, Counts]
MANY = 1_000
_REFUSALS = (IntegrityError, DataError, InternalError)

_WRITERS: Mapping[str, Callable[[Stage], Written]] = {
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


def write(stage: Stage) -> Written:
    """Write what is staged. Raises RowsRefused with the first record at which the database refuses."""
    try:
        with transaction.atomic():
            return _write(stage)
    except _REFUSALS as error:
        place = _first_refused(stage)
        raise RowsRefused([(place, stage.entity.key[0], _reason(error))]) from error


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
    except (*_REFUSALS, RowsRefused):
        return True
    finally:
        transaction.savepoint_rollback(point)
    return False


def _reason(error: DatabaseError) -> str:
    """What the database refused, in words, with the values it names."""
    diagnostics = getattr(error.__cause__, "diag", None)
    detail = getattr(diagnostics, "message_detail", None) or ""
    known = _constraint_reasons().get(getattr(diagnostics, "constraint_name", None) or "")
    if known:
        return known
    domain = as_domain_error(error)
    message = str(domain) if domain else getattr(diagnostics, "message_primary", None) or str(error)
    return " ".join(part for part in (message, shorten(detail, 200)) if part)


def _constraint_reasons() -> Mapping[str, str]:
    return {
        "business_years_apart": _("Two business years share a day."),
        "business_periods_apart": _("Two business periods share a day."),
        "one_accountable_person": _("Somebody else answers for this duty of this distributor on some of these days."),
        "responsibility_stand_in_other": _("Nobody can stand in for himself."),
        "one_price_per_day": _("Another price of this list, product and quantity is valid on some of these days."),
        "user_distributor_with_role": _("A role of a distributor needs the distributor, another role has none."),
        "accounts_user_email_key": _("Somebody else has this e-mail address."),
        "buying_right_brand_or_product": _("Give either the brand or the product."),
        "stock_reserved_within_on_hand": _("More than this is reserved for orders."),
        "sales_plan_parts_add_up": _("The parts of an agreed plan would no longer add up to it."),
    }
