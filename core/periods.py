"""Spans of time: calendar months, and the company's business years and periods."""

import calendar
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import NotVisible
from core.models import BusinessPeriod, BusinessYear


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from `starts_on` to `ends_on`, both included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def days_until(self, day: date) -> int:
        """Days of the span that have passed at the end of `day`."""
        return min(max((day - self.starts_on).days + 1, 0), self.days)


def month_start(day: date) -> date:
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months after the month of `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


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


def year_named(code: str, *, today: date) -> BusinessYear:
    """The business year of that code, that of today where none is named; NotVisible where nobody opened it."""
    if not code:
        return year_of(today)
    found = BusinessYear.objects.filter(code=code).first()
    if found is None:
        raise NotVisible
    return found


def year_of(day: date) -> BusinessYear:
    """The business year that holds `day`; NotVisible where nobody opened one."""
    found = BusinessYear.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if found is None:
        raise NotVisible(_("There is no business year for this day. Ask an administrator to open one."))
    return found
