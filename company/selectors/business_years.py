from datetime import date

from django.utils.translation import gettext_lazy as _

from company.models import BusinessPeriod, BusinessYear
from core.errors import NotVisible


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


def period_id_on(day: date) -> int | None:
    """The business period that holds `day`; None where nobody opened it.

    What is posted under it must be posted in the same transaction, which keeps a year from being opened in between.
    """
    rows = BusinessPeriod.objects.filter(starts_on__lte=day, ends_on__gte=day)
    return rows.values_list("pk", flat=True).first()


PERIOD_OF_DAY = """(
    SELECT id, day::date AS day FROM company_businessperiod, generate_series(starts_on, ends_on, interval '1 day') AS day
)"""
"""A relation of all days that have a business period: joined by equality, many rows are hashed."""


def period_sql(day: str) -> str:
    """The id of the business period that holds a day, as an expression; NULL where there is none."""
    return f"(SELECT held.id FROM company_businessperiod AS held WHERE {day} BETWEEN held.starts_on AND held.ends_on)"  # noqa: S608 - an expression of the program
