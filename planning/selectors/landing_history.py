"""The order days of all distributors, read for the forecast in one query a currency."""

import struct
from array import array
from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from company.models import BusinessYear
from core.registry import registry
from planning.enums import SalesBasis
from planning.forecast.history import History, Year

# Sent as numbers, unsorted: as text a million days and amounts take the program and the server a second longer, and the
# server would read them one by one in the order of an index, or sort them with one of its processes.
_DAYS = """
SELECT distributor_id, string_agg(int4send(day - DATE '0001-01-01' + 1) || float8send(net_amount::float8), '')
FROM {posted} AS posted
WHERE currency = %s AND day < %s
GROUP BY distributor_id
"""
_DAY_AND_NET = struct.Struct(">id")
_MEMORY = "SET LOCAL work_mem = '128MB'"  # the orders of all years are gathered in memory, once a night

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
        return [History(pk, *_by_day(sent)) for pk, sent in cursor]


def _by_day(sent: bytes) -> "tuple[array[int], array[float]]":
    """Each day once, ascending, with what was bought on it."""
    orders = sorted(_DAY_AND_NET.iter_unpack(sent))
    days, nets = zip(*orders, strict=True)
    if len(set(days)) < len(days):
        sums: dict[int, float] = {}
        for day, net in orders:
            sums[day] = sums.get(day, 0.0) + net
        return array("i", sums), array("d", sums.values())
    return array("i", days), array("d", nets)


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
