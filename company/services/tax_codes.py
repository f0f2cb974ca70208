"""Tax codes."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from company.enums import CompanyEvent
from company.models import TaxCode
from company.permissions import can_change_company
from core import events
from core.actors import Actor
from core.constraints import explained
from core.locks import lock_row
from core.permissions import require


def create_tax_code(
    *,
    actor: Actor,
    code: str,
    name: str,
    rate: Decimal,
    starts_on: date,
    name_zh: str = "",
    country: str = "",
    ends_on: date | None = None,
) -> TaxCode:
    """Add a tax code. `rate` is a share (0.13). Records one event. Raises NotAllowed, InvalidInput, Conflict."""
    require(can_change_company(actor))
    with explained(), transaction.atomic():
        row = TaxCode.objects.create(
            code=code, name=name, name_zh=name_zh, rate=rate, country=country, starts_on=starts_on, ends_on=ends_on
        )
        _record(row, actor)
    return row


def change_tax_code(
    *, actor: Actor, tax_code_id: int, name: str | None = None, name_zh: str | None = None, ends_on: date | None = None
) -> TaxCode:
    """Rename a tax code, or let it end. Its rate stays: a changed rate is a new code. Raises NotAllowed, NotVisible."""
    require(can_change_company(actor))
    with explained(), transaction.atomic():
        row: TaxCode = lock_row(TaxCode.objects.visible_to(actor), tax_code_id)
        row.name = row.name if name is None else name
        row.name_zh = row.name_zh if name_zh is None else name_zh
        row.ends_on = ends_on or row.ends_on
        row.save(update_fields=["name", "name_zh", "ends_on"])
        _record(row, actor)
    return row


def _record(row: TaxCode, actor: Actor) -> None:
    events.record_event(
        kind=CompanyEvent.TAX_CODE_SAVED,
        subject_type="tax_code",
        subject_id=row.pk,
        actor_id=actor.pk,
        data={"code": row.code, "rate": str(row.rate)},
    )
