"""Which lots distributors may be sent, as their agreements say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection

from channel.selectors.terms import agreed_sql, chosen_terms_sql


class Purchase(NamedTuple):
    """A company sells goods of a brand to a distributor on a day."""

    seller_id: int
    buyer_id: int
    brand_id: int
    day: date


class LotTerms(NamedTuple):
    """The least remaining life at arrival in days, None where there is no rule; whether no older goods may follow."""

    least_remaining_days: int | None = None
    never_older: bool = False


_AGREED = agreed_sql("given.seller_id", "given.buyer_id", "given.day")
_READ = f"""
SELECT given.nth, agreement.least_remaining_days, agreement.never_older
FROM unnest(%(sellers)s::bigint[], %(buyers)s::bigint[], %(brands)s::bigint[], %(days)s::date[]) WITH ORDINALITY
    AS given (seller_id, buyer_id, brand_id, day, nth)
CROSS JOIN LATERAL ({chosen_terms_sql("(" + _AGREED + ")", "given.brand_id")}) AS chosen
JOIN channel_agreement AS agreement ON agreement.id = chosen.id
WHERE agreement.least_remaining_days IS NOT NULL OR agreement.never_older
"""  # noqa: S608 - put together from constants only


def lot_terms_of(purchases: Sequence[Purchase]) -> Mapping[Purchase, LotTerms]:
    """What the agreements say of purchases; one that is missing is free of rules. One query."""
    asked = list(dict.fromkeys(purchases))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _READ,
            {
                "sellers": [one.seller_id for one in asked],
                "buyers": [one.buyer_id for one in asked],
                "brands": [one.brand_id for one in asked],
                "days": [one.day for one in asked],
            },
        )
        return {asked[nth - 1]: LotTerms(days, never_older) for nth, days, never_older in cursor.fetchall()}
