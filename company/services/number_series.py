"""Numbers of documents: drawn when something becomes a document, never before."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from company.enums import DocumentKind
from company.errors import NoNumberSeries
from company.models import NumberSeries

_FIRST = 100_001


@dataclass(frozen=True, kw_only=True)
class _Start:
    prefix: str
    gapless: bool = False


STARTS: dict[DocumentKind, _Start] = {
    DocumentKind.ORDER: _Start(prefix="SO"),
    DocumentKind.ORDER_GROUP: _Start(prefix="OG"),
    DocumentKind.SHIPMENT: _Start(prefix="SH"),
    DocumentKind.AGREEMENT: _Start(prefix="DA"),
    DocumentKind.APPLICATION: _Start(prefix="AP"),
    DocumentKind.DISTRIBUTOR: _Start(prefix="DI"),
    DocumentKind.OUTLET: _Start(prefix="OU"),
    DocumentKind.TRANSFER: _Start(prefix="TR"),
    DocumentKind.STOCK_COUNT: _Start(prefix="SC"),
    DocumentKind.SCRAP: _Start(prefix="SD"),
    DocumentKind.STOCK_BLOCK: _Start(prefix="BS"),
    DocumentKind.DELIVERY_CLAIM: _Start(prefix="DC"),
    DocumentKind.RETURN: _Start(prefix="RT"),
    DocumentKind.WAYBILL: _Start(prefix="WB"),
    DocumentKind.WAVE: _Start(prefix="WV"),
}
"""The series that every company begins with; an administrator changes prefix and width."""


def series_sql(kind: DocumentKind, *, company: str, on: str) -> str:
    """The series of a kind as a FROM item named `series`, of the SQL expressions for company and day; see NEXT_NUMBER."""
    return f"""(
    SELECT id, prefix, width FROM company_numberseries
    WHERE company_id = {company} AND kind = '{kind.value}' AND (year IS NULL OR year = EXTRACT(YEAR FROM {on}))
    ORDER BY year NULLS LAST
    LIMIT 1
) AS series"""  # noqa: S608 - put together from expressions of ours, values are bound


_WRITTEN = "'FM' || repeat('9', 18 - series.width) || repeat('0', series.width)"
NEXT_NUMBER = f"series.prefix || to_char(nextval(('company_number_' || series.id)::regclass), {_WRITTEN})"
"""A new number for each row of a statement that has `series` in its FROM. For kinds that may have gaps only."""

_FIND = """
SELECT id, gapless FROM company_numberseries
WHERE company_id = %(company)s AND kind = %(kind)s AND (year IS NULL OR year = %(year)s)
ORDER BY year NULLS LAST LIMIT 1
"""
_DRAW = f"SELECT {NEXT_NUMBER} FROM company_numberseries AS series WHERE series.id = %(id)s"  # noqa: S608 - put together from constants only
_DRAW_MANY = f"""
SELECT {NEXT_NUMBER} FROM company_numberseries AS series CROSS JOIN generate_series(1, %(count)s) WHERE series.id = %(id)s
"""  # noqa: S608 - put together from constants only
_COUNT = f"""
UPDATE company_numberseries AS series SET next_number = next_number + 1 WHERE series.id = %(id)s
RETURNING series.prefix || to_char(series.next_number - 1, {_WRITTEN})
"""  # noqa: S608 - put together from constants, values are bound


def next_number(*, kind: DocumentKind, company_id: int, on: date) -> str:
    """The number of a document of `kind` dated `on`. Two statements.

    A gapless series is locked until the transaction ends and its number is given back with it: call this last. Before:
    inside a transaction. Raises NoNumberSeries.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"company": company_id, "kind": kind.value, "year": on.year})
        found = cursor.fetchone()
        if found is None:
            raise NoNumberSeries
        series_id, gapless = found
        cursor.execute(_COUNT if gapless else _DRAW, {"id": series_id})
        (number,) = cursor.fetchone()
    return str(number)


def next_numbers(*, kind: DocumentKind, company_id: int, on: date, count: int) -> list[str]:
    """The numbers of `count` documents of a kind that may have gaps, dated `on`. Two statements. Raises NoNumberSeries."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"company": company_id, "kind": kind.value, "year": on.year})
        found = cursor.fetchone()
        if found is None or found[1]:
            raise NoNumberSeries
        cursor.execute(_DRAW_MANY, {"id": found[0], "count": count})
        return [str(number) for (number,) in cursor.fetchall()]


def start_series(*, company_id: int) -> None:
    """Give a new company a series for each kind of document."""
    for kind, start in STARTS.items():
        NumberSeries.objects.create(
            company_id=company_id, kind=kind, prefix=start.prefix, gapless=start.gapless, next_number=_FIRST
        )
