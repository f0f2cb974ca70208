"""What the database refused, in words, and in which field."""

from collections.abc import Mapping, Sequence
from functools import cache

from django.db import DatabaseError, DataError, IntegrityError, InternalError
from django.utils.translation import gettext as _

from core.constraints import CHECK, as_domain_error
from distribution.imports.entities import Entity
from distribution.imports.stage import Stage, rows
from distribution.imports.values import shorten

REFUSALS = (IntegrityError, DataError, InternalError)
_COLUMNS = """
SELECT attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
WHERE conrelid = %s::regclass AND conname = %s AND contype IN ('c', 'u') ORDER BY attnum
"""


def explain(error: DatabaseError, stage: Stage) -> tuple[str, str]:
    """The field at fault and the reason, for what the database refused of one staged record."""
    diagnostics = getattr(error.__cause__, "diag", None)
    constraint = getattr(diagnostics, "constraint_name", None) or ""
    column = getattr(diagnostics, "column_name", None) or ""
    columns = [column] if column else _columns_of(stage.entity.table, constraint)
    fields = _fields_of(stage, columns)
    known = _constraint_reasons().get(constraint)
    return fields[-1] if fields else stage.entity.key[0], known or _reason(error, stage, fields)


@cache
def _columns_of(table: str, constraint: str) -> Sequence[str]:
    return [name for (name,) in rows(_COLUMNS, [f'"{table}"', constraint])]


def _fields_of(stage: Stage, columns: Sequence[str]) -> list[str]:
    """The fields of the file that fill these columns; what the record is found by comes first."""
    entity: Entity = stage.entity
    found = [entry.name for entry in entity.fields if entry.column in columns and stage.is_mapped(entry.name)]
    return sorted(found, key=lambda name: name not in entity.key)


def _reason(error: DatabaseError, stage: Stage, fields: list[str]) -> str:
    diagnostics = getattr(error.__cause__, "diag", None)
    domain = as_domain_error(error)
    message = str(domain) if domain else getattr(diagnostics, "message_primary", None) or str(error)
    if getattr(error.__cause__, "pgcode", "") == CHECK:
        # The detail would be the whole row as the database has it, which says nothing to the reader.
        labels = dict.fromkeys(stage.source.label(name) for name in fields)
        return f"{message} ({', '.join(labels)})" if labels else message
    detail = getattr(diagnostics, "message_detail", None) or ""
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
