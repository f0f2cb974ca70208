"""The order days of all distributors, read for the forecast in one query a currency."""

import json
from collections.abc import Sequence
from datetime import date

from django.db import connection

from company.models import BusinessYear
from core.registry import registry
from planning.enums import SalesBasis
from planning.forecast.history import History, Year

_DAYS = """
SELECT distributor_id, json_agg(day - DATE '0001-01-01' + 1 ORDER BY day)::text, json_agg(net ORDER BY day)::text
FROM (
    SELECT distributor_id, day, SUM(net_amount)::float8 AS net
    FROM {posted} AS posted
    WHERE currency = %s AND day < %s
    GROUP BY distributor_id, day
) AS days
GROUP BY distributor_id
"""

_AWAITED = """
SELECT distributor_id, SUM(net_amount)::float8 FROM {awaited} AS awaited WHERE currency = %s GROUP BY distributor_id
"""
COMPLETE = 0.1
"""A first year in which the records begin later than this share of it says nothing of a whole year."""


def read_histories(*, currency: str, before: date) -> list[History]:
    """What each distributor bought on each day before a day, in one currency. One query."""
    documents = registry.posted_documents[SalesBasis.ORDERED]
    with connection.cursor() as cursor:
        # Read as text: parsed by psycopg2 a million small numbers take a second longer.
        cursor.execute(_DAYS.format(posted=documents.posted), [currency, before])
        return [History(pk, json.loads(days), json.loads(nets)) for pk, days, nets in cursor]


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
