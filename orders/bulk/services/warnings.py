"""What of imported orders was taken, but should be looked at."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import ngettext

from accounts.selectors.distributors import merged_among
from company.selectors import within_years_sql
from core.importing.staging import rows
from core.money import round_money
from orders.bulk.services.orders import TOUCHED
from orders.ordering.enums import OrderStatus

_OUTSIDE = f"""
SELECT placed.currency, count(*), sum(placed.net_amount), min(placed.ordered_on), max(placed.ordered_on)
FROM {TOUCHED} AS touched JOIN orders_order AS placed ON placed.id = touched.order_id
WHERE placed.status <> %s AND NOT {within_years_sql("placed.ordered_on")}
GROUP BY 1 ORDER BY 1
"""


_PLACED_FOR = f"""
SELECT placed.distributor_id, count(*)
FROM {TOUCHED} AS touched JOIN orders_order AS placed ON placed.id = touched.order_id GROUP BY 1
"""


def warn_of_orders() -> Sequence[str]:
    """What was taken as it stands: orders outside of every business year, orders under the number of a merged distributor."""
    return [*_outside_of_years(), *_of_merged()]


def _of_merged() -> Sequence[str]:
    counts = dict(rows(_PLACED_FOR))
    return [
        ngettext(
            "%(count)s order names distributor %(code)s, which is now %(survivor)s.",
            "%(count)s orders name distributor %(code)s, which is now %(survivor)s.",
            counts[pk],
        )
        % {"count": number_format(counts[pk], force_grouping=True), "code": code, "survivor": survivor}
        for pk, code, survivor in merged_among(counts)
    ]


def _outside_of_years() -> Sequence[str]:
    """With how many and how much: they count in no plan and no period."""
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
