"""The company with its number series, and what it counts with. There is one company; every factory call returns it."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from company.enums import DocumentKind
from company.models import CalendarDay, Company, ExchangeRate, NumberSeries, TaxCode, WorkingCalendar
from company.services.number_series import start_series


class CompanyFactory(factory.django.DjangoModelFactory[Company]):
    """Made once, in US dollars unless the first call says otherwise."""

    class Meta:
        model = Company
        django_get_or_create = ("is_default",)
        skip_postgeneration_save = True

    is_default = True
    code = "MAIN"
    name = "Brand Owner"
    name_zh = "品牌商"
    currency = "USD"
    country = "US"

    @factory.post_generation
    def series(self, create: Any, _extracted: Any, **_: object) -> None:
        if create and not self.number_series.exists():
            start_series(company_id=self.pk)


class ExchangeRateFactory(factory.django.DjangoModelFactory[ExchangeRate]):
    class Meta:
        model = ExchangeRate

    from_currency = "EUR"
    to_currency = "USD"
    valid_on = factory.Sequence(lambda number: date.fromordinal(date(2020, 1, 1).toordinal() + number))
    rate = Decimal("1.25")


class TaxCodeFactory(factory.django.DjangoModelFactory[TaxCode]):
    class Meta:
        model = TaxCode

    code = factory.Sequence(lambda number: f"VAT{number}")
    name = factory.Sequence(lambda number: f"Value added tax {number}")
    name_zh = factory.Sequence(lambda number: f"增值税{number}")
    rate = Decimal("0.13")
    starts_on = date(2020, 1, 1)


class NumberSeriesFactory(factory.django.DjangoModelFactory[NumberSeries]):
    """The orders of one year, which come before those of the company's series for every year."""

    class Meta:
        model = NumberSeries

    company = factory.SubFactory(CompanyFactory)
    kind = DocumentKind.ORDER
    year = factory.Sequence(lambda number: 2050 + number % 900)
    prefix = "Y"


class WorkingCalendarFactory(factory.django.DjangoModelFactory[WorkingCalendar]):
    """Monday to Friday."""

    class Meta:
        model = WorkingCalendar

    code = factory.Sequence(lambda number: f"CAL-{number:03d}")
    name = factory.Sequence(lambda number: f"Calendar {number}")
    name_zh = factory.Sequence(lambda number: f"日历{number}")


class CalendarDayFactory(factory.django.DjangoModelFactory[CalendarDay]):
    class Meta:
        model = CalendarDay

    calendar = factory.SubFactory(WorkingCalendarFactory)
    day = factory.Sequence(lambda number: date.fromordinal(date(2026, 10, 1).toordinal() + number))
