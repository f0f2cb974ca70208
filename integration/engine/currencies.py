"""Amounts whose cell names another currency than their row."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from company.selectors import company_currency
from core.importing import Entity, entities
from integration.engine.mapping import Mapped

Fault = tuple[int, str, str]
_COMPANYS = "_company"


def wrong_currencies(mapped: Mapped, currency: str) -> list[Fault]:
    """Records with an amount in another currency than their row's, with both named. References are numbers already."""
    faults = []
    for name, marks in mapped.currencies.items():
        if not any(marks):
            continue
        row_currencies = _currencies_of(mapped, name, currency)
        for place, (mark, found) in enumerate(zip(marks, row_currencies, strict=True)):
            if mark and found and found not in mark.currencies:
                reason = _("The amount is in %(there)s, the row in %(here)s.") % {"there": mark.shown, "here": found}
                faults.append((place, name, reason))
    return faults


def _currencies_of(mapped: Mapped, name: str, currency: str) -> Sequence[str]:
    """The currency of each record's amount: its own, that of what it belongs to, else the company's."""
    entity = mapped.entity
    if not name.endswith(_COMPANYS):
        if "currency" in entity.by_name:
            return mapped.columns.get("currency", [currency] * len(mapped))
        owner = _owner(entity)
        if owner and owner in mapped.columns:
            return _currencies_of_owners(entities()[entity.by_name[owner].refers], mapped.columns[owner])
    return [company_currency()] * len(mapped)


def _owner(entity: Entity) -> str:
    """The field that refers to what has the currency: the order of a line, the list of a price."""
    known = entities()
    return next(
        (name for name in entity.key if (to := entity.by_name[name].refers) and "currency" in known[to].by_name), ""
    )


def _currencies_of_owners(owner: Entity, keys: Sequence[str]) -> Sequence[str]:
    numbers = sorted({int(key) for key in keys if key.isdigit()})
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id, currency FROM "{owner.table}" WHERE id = ANY(%s)', [numbers])
        found = {str(pk): currency for pk, currency in cursor.fetchall()}
    return [found.get(key, "") for key in keys]
