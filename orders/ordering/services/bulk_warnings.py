"""What of imported orders was taken, but should be looked at."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import ngettext

from company.selectors import within_years_sql
from core.importing.staging import rows
from core.money import round_money
from orders.ordering.enums import OrderStatus
from orders.ordering.services.bulk_orders import TOUCHED

_OUTSIDE = f"""
SELECT placed.currency, count(*), sum(placed.net_amount), min(placed.ordered_on), max(placed.ordered_on)
FROM {TOUCHED} AS touched JOIN orders_order AS placed ON placed.id = touched.order_id
WHERE placed.status <> %s AND NOT {within_years_sql("placed.ordered_on")}
GROUP BY 1 ORDER BY 1
"""


def warn_of_orders() -> Sequence[str]:
    """Orders outside of every business year, with how many and how much: they count in no plan and no period."""
    return [
        ngettext(
            "%(count)s order (%(amount)s %(currency)s, %(first)s to %(last)s) lies outside of every business year: it "
            "was taken, but counts in no period. Open the years, then check again.",
            "%(count)s orders (%(amount)s %(currency)s, %(first)s to %(last)s) lie outside of every business year: they "
            "were taken, but count in no period. Open the years, then check again.",
            count,
        )
        % {
            "count": number_format(count, force_grouping=True),
            "amount": number_format(round_money(amount, currency=currency), force_grouping=True),
            "currency": currency,
            "first": first.isoformat(),
            "last": last.isoformat(),
        }
        for currency, count, amount, first, last in rows(_OUTSIDE, [OrderStatus.CANCELLED])
    ]
