"""Exchange rates, as finance enters them or an import brings them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from company.enums import CompanyEvent
from company.models import ExchangeRate
from company.permissions import can_change_company
from core import events
from core.actors import Actor
from core.constraints import explained
from core.permissions import require


@dataclass(frozen=True, kw_only=True)
class DayRate:
    """What one unit of `from_currency` is worth in `to_currency` from a day on."""

    from_currency: str
    to_currency: str
    valid_on: date
    rate: Decimal


def set_rates(*, actor: Actor, rates: Sequence[DayRate]) -> list[ExchangeRate]:
    """Store rates, each in place of what was known for its pair and day; the rates of documents stay as they are.

    Records one event a rate. Three statements whatever their number. Raises NotAllowed and InvalidInput.
    """
    require(can_change_company(actor))
    with explained(), transaction.atomic():
        rows = ExchangeRate.objects.bulk_create(
            [
                ExchangeRate(
                    from_currency=rate.from_currency,
                    to_currency=rate.to_currency,
                    valid_on=rate.valid_on,
                    rate=rate.rate,
                )
                for rate in rates
            ],
            update_conflicts=True,
            unique_fields=["from_currency", "to_currency", "valid_on"],
            update_fields=["rate"],
        )
        events.record_events([_event(row) for row in rows], actor_id=actor.pk)
    return rows


def _event(row: ExchangeRate) -> events.EventInput:
    return events.EventInput(
        kind=CompanyEvent.RATE_SET,
        subject_type="exchange_rate",
        subject_id=row.pk,
        data={
            "from": row.from_currency,
            "to": row.to_currency,
            "valid_on": row.valid_on.isoformat(),
            "rate": str(row.rate),
        },
    )
