"""Kept landings that nobody reads any more are deleted: a row a distributor and day is millions a year."""

from datetime import date, timedelta

from django.db import connection, transaction

RECENT = timedelta(days=35)
"""All forecasts of these days stay: pages show the newest, and a month can be looked back on."""

# Besides the recent ones the first of each month stays, by which the rule is judged when the year is over, and the last
# of each year. Of the others the landings go; their forecast stays where it was judged: its error is the rule's own past.
_OLD = """
SELECT id, error FROM (
    SELECT id, made_on, error,
        row_number() OVER (PARTITION BY year_id, currency, date_trunc('month', made_on::timestamp) ORDER BY made_on)
            AS place_in_month,
        row_number() OVER (PARTITION BY year_id, currency ORDER BY made_on DESC) AS place_from_end
    FROM planning_landingforecast
) AS forecast
WHERE made_on < %(since)s AND place_in_month > 1 AND place_from_end > 1
"""
_LANDINGS = f"""
DELETE FROM planning_landing AS landing USING ({_OLD}) AS old WHERE landing.forecast_id = old.id
"""  # noqa: S608 - constants joined; values are bound
_FORECASTS = f"""
DELETE FROM planning_landingforecast AS forecast USING ({_OLD}) AS old
WHERE forecast.id = old.id AND old.error IS NULL
"""  # noqa: S608 - put together from constants, values are bound


@transaction.atomic
def prune_landings(*, today: date) -> int:
    """Delete the landings of forecasts that are neither recent, nor the first of their month, nor the last of their year.

    Before: years that are over have been judged (`judge_landings`), else their forecasts go with their landings. Two
    statements, whatever the number. Returns how many landings were deleted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LANDINGS, {"since": today - RECENT})
        deleted: int = cursor.rowcount
        cursor.execute(_FORECASTS, {"since": today - RECENT})
    return deleted
