"""What a currency was worth on a day: one look-up, for a value and for whole statements."""

from datetime import date
from decimal import Decimal

from django.db import connection

from core.money import RATE_DIGITS


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
