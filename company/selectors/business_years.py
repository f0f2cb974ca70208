from datetime import date

from django.utils.translation import gettext_lazy as _

from company.models import BusinessYear
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
