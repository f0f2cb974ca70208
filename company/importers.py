"""What can be imported of the company: its business years and periods."""

from django.utils.translation import gettext_lazy as _

from company.models import BusinessPeriod, BusinessYear, CalendarDay, WorkingCalendar
from company.services.importing import write_periods, write_years
from core.importing import Entity, Importer, Kind, extra_field, fields_of

YEAR = Entity(
    name="business_year",
    help_text="A year of the company, calendar or not. Both days are included; no two years share a day.",
    model=BusinessYear,
    key=("code",),
    fields=(
        *fields_of(BusinessYear, {"code": "Its code, such as 2024", "starts_on": "First day", "ends_on": "Last day"}),
        extra_field(
            "periods",
            Kind.CHOICE,
            _("business periods"),
            "Make its periods at once: calendar months or quarters, counted from the first day. "
            "Leave it out where periods come as business_period.",
            choices={"months": "months", "quarters": "quarters"},
        ),
    ),
    reasons={
        "business_years_apart": _("Business years must not overlap."),
    },
)

PERIOD = Entity(
    name="business_period",
    help_text="A period of a business year in which the company plans, with bounds of its own.",
    model=BusinessPeriod,
    key=("year", "number"),
    fields=fields_of(
        BusinessPeriod,
        {
            "year": "Code of the business year",
            "number": "Number within the year, from 1",
            "starts_on": "First day",
            "ends_on": "Last day",
        },
    ),
    match=(),
    reasons={
        "business_periods_apart": _("Business periods must not overlap."),
    },
)

CALENDAR = Entity(
    name="working_calendar",
    help_text="Which weekdays are worked. Holidays, and days that are worked for them, come as calendar_day.",
    model=WorkingCalendar,
    key=("code",),
    fields=fields_of(
        WorkingCalendar,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "weekdays": "The weekdays that are worked, 1 is Monday: 12345 is Monday to Friday",
        },
    ),
    match=("code", "name", "name_zh"),
)

CALENDAR_DAY = Entity(
    name="calendar_day",
    help_text="A day of a working calendar that is otherwise than its weekday.",
    model=CalendarDay,
    key=("calendar", "day"),
    fields=fields_of(
        CalendarDay,
        {
            "calendar": "Code of the working calendar",
            "day": "The day",
            "is_working": "Whether it is worked; a holiday is not",
            "name": "What it is",
        },
    ),
    match=(),
)

IMPORTERS = (
    Importer(entity=YEAR, write=write_years),
    Importer(entity=PERIOD, write=write_periods),
    Importer(entity=CALENDAR),
    Importer(entity=CALENDAR_DAY),
)
