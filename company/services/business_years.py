"""Business years: opened, and their periods moved while nothing is posted in the days concerned."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from company.models import BusinessPeriod, BusinessYear
from core.errors import Conflict
from core.periods import month_end
from core.registry import registry
from core.sentences import listed

_MOVED = """
SELECT DISTINCT year.code || '/' || lpad(period.number::text, 2, '0') AS name
FROM {posted} AS posted
JOIN company_businessperiod AS period ON period.id = posted.period_id
JOIN company_businessyear AS year ON year.id = period.year_id
WHERE posted.day NOT BETWEEN period.starts_on AND period.ends_on
ORDER BY 1 LIMIT 5
"""


@contextmanager
def periods_changing() -> Iterator[None]:
    """Whatever makes or moves business periods runs in here, by whichever way it comes.

    Nobody posts meanwhile. At the end what was posted without a period is posted under that of its day. Raises Conflict
    (`period_has_sales`) where a day that is posted under a period would no longer lie in it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Whoever posts has read the periods in its transaction: this waits for its end, and the next one waits for ours.
            cursor.execute("LOCK TABLE company_businessperiod IN ACCESS EXCLUSIVE MODE")
        yield
        moved = periods_moved_over_sales()
        if moved:
            raise Conflict(
                _("Sales are posted under these periods, and their days would change: %(periods)s.")
                % {"periods": listed(moved)},
                code="period_has_sales",
            )
        for documents in registry.posted_documents:
            documents.post_unplaced()


def periods_moved_over_sales() -> list[str]:
    """Periods under which a day is posted that does not lie in them, a few of them."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for documents in registry.posted_documents:
            cursor.execute(_MOVED.format(posted=documents.posted))
            found += [name for (name,) in cursor.fetchall()]
    return found


def open_calendar_year(year: int) -> BusinessYear:
    """Make the business year that is calendar year `year`, with its twelve months. Returns it if it is there.

    Sales of its days that had no period are posted under theirs. Of two who open it at once the second gets what the
    first has made.
    """
    known = BusinessYear.objects.filter(code=str(year))
    if (there := known.first()) is not None:
        return there
    with periods_changing():
        if (there := known.first()) is not None:  # made while this waited for its turn
            return there
        opened = BusinessYear.objects.create(code=str(year), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
        starts = [date(year, month, 1) for month in range(1, 13)]
        BusinessPeriod.objects.bulk_create(
            [
                BusinessPeriod(year=opened, number=number, starts_on=start, ends_on=month_end(start))
                for number, start in enumerate(starts, 1)
            ]
        )
    return opened
