"""The company itself: made once, changed by administrators."""

from datetime import date

from django.db import transaction

from company.enums import CompanyEvent
from company.models import BusinessPeriod, BusinessYear, Company
from company.permissions import can_change_company
from company.services.number_series import start_series
from core import events
from core.actors import Actor
from core.constraints import explained
from core.locks import lock_row
from core.periods import month_end
from core.permissions import require
from core.state import check_version

DEFAULT_CODE = "MAIN"
CHANGEABLE = ("name", "name_zh", "country", "address", "tax_number")


@transaction.atomic
def ensure_company(
    *, currency: str, code: str = DEFAULT_CODE, name: str = "", name_zh: str = "", country: str = ""
) -> Company:
    """The default company; made with its number series where there is none yet. One that is there stays as it is."""
    company: Company | None = Company.objects.filter(is_default=True).first()
    if company is None:
        company = Company.objects.create(
            code=code, name=name or code, name_zh=name_zh, currency=currency, country=country
        )
        start_series(company_id=company.pk)
    return company


def change_company(*, actor: Actor, company_id: int, expected_version: int | None = None, **changes: str) -> Company:
    """Change what stands in CHANGEABLE; the currency gives stored amounts their meaning and stays for good.

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


@transaction.atomic
def open_calendar_year(year: int) -> BusinessYear:
    """Make the business year that is calendar year `year`, with its twelve months. Returns it if it is there."""
    found, made = BusinessYear.objects.get_or_create(
        code=str(year), defaults={"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    )
    if made:
        starts = [date(year, month, 1) for month in range(1, 13)]
        BusinessPeriod.objects.bulk_create(
            [
                BusinessPeriod(year=found, number=number, starts_on=start, ends_on=month_end(start))
                for number, start in enumerate(starts, 1)
            ]
        )
    return found
