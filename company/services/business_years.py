from datetime import date

from django.db import transaction

from company.models import BusinessPeriod, BusinessYear
from core.periods import month_end


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
