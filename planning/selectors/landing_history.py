"""The order days of all distributors, read for the forecast in one query a currency."""

import sys
from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from company.models import BusinessYear
from core.registry import registry
from planning.enums import SalesBasis
from planning.forecast.history import History, Year

# Sorted once, and sent as numbers: as text a million days and amounts take the program and the server a second longer.
_DAYS = """
SELECT distributor_id, string_agg(int4send(day - DATE '0001-01-01' + 1), ''), string_agg(float8send(net), '')
FROM (
    SELECT distributor_id, day, net_amount::float8 AS net
    FROM {posted} AS posted
    WHERE currency = %s AND day < %s
    ORDER BY distributor_id, day
) AS orders
GROUP BY distributor_id
"""
_MEMORY = "SET LOCAL work_mem = '128MB'"  # the orders of all years are sorted in memory, once a night

_AWAITED = """
SELECT distributor_id, SUM(net_amount)::float8 FROM {awaited} AS awaited WHERE currency = %s GROUP BY distributor_id
"""
COMPLETE = 0.1
"""A first year in which the records begin later than this share of it says nothing of a whole year."""


def read_histories(*, currency: str, before: date) -> list[History]:
    """What each distributor bought on each day before a day, in one currency. One query."""
    documents = registry.posted_documents[SalesBasis.ORDERED]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MEMORY)
        cursor.execute(_DAYS.format(posted=documents.posted), [currency, before])
        return [History(pk, *_by_day(_numbers("i", days), _numbers("d", nets))) for pk, days, nets in cursor]


def _numbers(kind: str, sent: bytes) -> "array[Any]":
    """Numbers as PostgreSQL sends them, the highest byte first."""
    numbers = array(kind, bytes(sent))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _by_day(days: "array[int]", nets: "array[float]") -> "tuple[array[int], array[float]]":
    """Orders of one day are one: rare, so only those who have such a day pay for it."""
    if len(set(days)) == len(days):
        return days, nets
    sums: dict[int, float] = {}
    for day, net in zip(days, nets, strict=True):
        sums[day] = sums.get(day, 0.0) + net
    return array("i", sums), array("d", sums.values())


def read_awaited(*, currency: str) -> dict[int, float]:
    """What is ordered and not posted yet, by distributor. One query."""
    documents = registry.posted_documents[SalesBasis.ORDERED]
    with connection.cursor() as cursor:
        cursor.execute(_AWAITED.format(awaited=documents.awaited), [currency])
        return dict(cursor.fetchall())


def adjoining_years(year: BusinessYear, histories: Sequence[History]) -> list[Year]:
    """The business years up to this one without a gap, oldest first, from the first that the records cover. One query."""
    known = list(BusinessYear.objects.filter(starts_on__lte=year.starts_on).order_by("-starts_on"))
    years: list[Year] = []
    for one in known:
        span = Year.of(one.starts_on, one.ends_on)
        if years and span.end != years[0].start:
            break
        years.insert(0, span)
    first = min((history.days[0] for history in histories if history.days), default=None)
    while len(years) > 1 and (first is None or years[0].start + COMPLETE * years[0].days < first):
        years.pop(0)
    return years
