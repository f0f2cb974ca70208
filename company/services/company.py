"""The company itself: created once, changed by administrators."""

from django.db import transaction

from company.enums import CompanyEvent
from company.models import Company
from company.permissions import can_change_company
from company.services.number_series import start_series
from core import events
from core.actors import Actor
from core.constraints import explained
from core.locks import lock_row
from core.permissions import require
from core.state import check_version

DEFAULT_CODE = "MAIN"
CHANGEABLE = (
    "name", "name_zh", "country", "address", "phone", "tax_number", "follows_chinese_new_year", "claim_days", "receipt_days",
    "credit_hold_days",
)  # fmt: skip


@transaction.atomic
def ensure_company(
    *,
    currency: str,
    code: str = DEFAULT_CODE,
    name: str = "",
    name_zh: str = "",
    country: str = "",
    follows_chinese_new_year: bool = False,
) -> Company:
    """The default company; made with its number series where there is none yet. One that is there stays as it is."""
    company: Company | None = Company.objects.filter(is_default=True).first()
    if company is None:
        company = Company.objects.create(
            code=code,
            name=name or code,
            name_zh=name_zh,
            currency=currency,
            country=country,
            follows_chinese_new_year=follows_chinese_new_year,
        )
        start_series(company_id=company.pk)
    return company


def change_company(
    *, actor: Actor, company_id: int, expected_version: int | None = None, **changes: str | bool | int | None
) -> Company:
    """Change the fields in CHANGEABLE; the currency gives stored amounts their meaning and never changes.

    Records one event. Raises NotAllowed, NotVisible, StaleVersion, InvalidInput.
    """
    require(can_change_company(actor))
    with explained(), transaction.atomic():
        company: Company = lock_row(Company.objects.visible_to(actor), company_id)
        check_version(company, expected_version)
        changed = {name: value for name, value in changes.items() if getattr(company, name) != value}
        if not changed:
            return company
        before = {name: getattr(company, name) for name in changed}
        for name in CHANGEABLE:
            setattr(company, name, changed.get(name, getattr(company, name)))
        company.save(update_fields=[name for name in CHANGEABLE if name in changed])
        events.record_event(
            kind=CompanyEvent.CHANGED,
            subject_type="company",
            subject_id=company.pk,
            actor_id=actor.pk,
            data={"before": before, "after": changed},
        )
    return company
