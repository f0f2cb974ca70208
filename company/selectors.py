"""The company, its business years, the rates of its currencies, and what must hold of its settings."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from company.errors import NoCompany
from company.models import BusinessPeriod, BusinessYear, Company
from company.working_days import WorkingDays, working_days_from
from core.errors import NotVisible
from core.invariants import Invariant, violations_of
from core.money import RATE_DIGITS


def year_named(code: str, *, today: date) -> BusinessYear:
    """The business year of that code; where none is named that of today, else the latest. NotVisible where there is none."""
    if not code:
        return year_of_or_latest(today)
    found = BusinessYear.objects.filter(code=code).first()
    if found is None:
        raise NotVisible
    return found


def year_of_or_latest(day: date) -> BusinessYear:
    """The business year that holds `day`, else the latest that has begun, else the first to come. Raises NotVisible."""
    begun = BusinessYear.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    found = begun or BusinessYear.objects.order_by("starts_on").first()
    if found is None:
        raise NotVisible(_("There is no business year yet. Ask an administrator to open one."))
    return found


def last_day_opened(day: date) -> date | None:
    """The last day that has a business year, counted from `day` on without a gap; None where `day` itself has none."""
    last: date | None = None
    for year in BusinessYear.objects.filter(ends_on__gte=day).order_by("starts_on"):
        if year.starts_on > (day if last is None else last + timedelta(days=1)):
            break
        last = year.ends_on
    return last


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


def default_company() -> Company:
    """The company that everything belongs to which names none. One query; NoCompany before the first start is done."""
    company: Company | None = Company.objects.filter(is_default=True).first()
    if company is None:
        raise NoCompany
    return company


def company_currency() -> str:
    """The currency the company reports in, empty before there is a company. One query."""
    return Company.objects.filter(is_default=True).values_list("currency", flat=True).first() or ""


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="company.one_default_company",
        statement=_("Where there are companies, exactly one is the default."),
        find=violations_of("""
            SELECT COUNT(*) FILTER (WHERE is_default) AS defaults, COUNT(*) AS companies FROM company_company
            HAVING COUNT(*) > 0 AND COUNT(*) FILTER (WHERE is_default) <> 1
        """),
    ),
    Invariant(
        name="company.series_have_their_sequences",
        statement=_("Every number series that may have gaps has its sequence, and no sequence is without a series."),
        find=violations_of("""
            SELECT series.id AS series_id, drawn.sequencename
            FROM (SELECT id FROM company_numberseries WHERE NOT gapless) AS series
            FULL JOIN (SELECT sequencename FROM pg_sequences
                       WHERE schemaname = current_schema() AND sequencename ~ '^company_number_[0-9]+$') AS drawn
                ON drawn.sequencename = 'company_number_' || series.id
            WHERE series.id IS NULL OR drawn.sequencename IS NULL
        """),
    ),
)


def within_years_sql(day: str) -> str:
    """Whether a day lies in one of the business years, as a condition in SQL."""
    return f"EXISTS (SELECT FROM company_businessyear AS year WHERE {day} BETWEEN year.starts_on AND year.ends_on)"


def rate_sql(from_currency: str, to_currency: str, on: str) -> str:
    """The rate as a scalar SQL expression of three others: the latest on or before the day, NULL where none is known.

    A rate may be stored either way round; of two rates of one day the direct one counts.
    """
    return f"""(
    CASE WHEN {from_currency} = {to_currency} THEN 1::numeric ELSE (
        SELECT CASE WHEN known.from_currency = {from_currency} THEN known.rate
                    ELSE ROUND(1 / known.rate, {RATE_DIGITS}) END
        FROM company_exchangerate AS known
        WHERE known.valid_on <= {on}
          AND ((known.from_currency = {from_currency} AND known.to_currency = {to_currency})
            OR (known.from_currency = {to_currency} AND known.to_currency = {from_currency}))
        ORDER BY known.valid_on DESC, known.from_currency = {from_currency} DESC
        LIMIT 1
    ) END
)"""  # noqa: S608 - put together from expressions of ours, values are bound


_RATE = "SELECT " + rate_sql("%(from_currency)s::text", "%(to_currency)s::text", "%(on)s::date")


def rate_on(*, from_currency: str, to_currency: str, on: date) -> Decimal | None:
    """How much of `to_currency` one unit of `from_currency` was worth on a day. One query; None where nobody knows."""
    with connection.cursor() as cursor:
        cursor.execute(_RATE, {"from_currency": from_currency, "to_currency": to_currency, "on": on})
        (rate,) = cursor.fetchone()
    return rate  # type: ignore[no-any-return]  # numeric, or NULL


CALENDAR_REACH = 400
"""How many days of a calendar are read ahead: further than anything is promised for."""


def working_days_sql(calendar: str, day: str) -> str:
    """SQL: a working calendar as JSON text for `working_days_from`, its exceptions around a day on; NULL without one."""
    return f"""(
        SELECT json_build_object('weekdays', calendar.weekdays, 'days', (
            SELECT json_object_agg(other.day, other.is_working)
            FROM company_calendarday AS other
            WHERE other.calendar_id = calendar.id
              AND other.day BETWEEN {day} - {CALENDAR_REACH // 10} AND {day} + {CALENDAR_REACH}
        ))::text
        FROM company_workingcalendar AS calendar WHERE calendar.id = {calendar}
    )"""  # noqa: S608 - put together from expressions of ours, values are bound


def working_days_of(calendar_ids: Iterable[int | None], day: date) -> dict[int, WorkingDays]:
    """Working calendars by id, with their exceptions around a day on. One query, none where no calendar is named."""
    wanted = sorted({one for one in calendar_ids if one is not None})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        text = working_days_sql("given.id", "%(day)s::date")
        cursor.execute(
            f"SELECT given.id, {text} FROM unnest(%(ids)s::bigint[]) AS given (id)",  # noqa: S608 - values are bound
            {"ids": wanted, "day": day},
        )
        return {calendar: working_days_from(found) for calendar, found in cursor.fetchall()}
