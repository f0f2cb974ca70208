"""verify compares what orders reserve of credit with what they need of it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of
from orders.ordering.enums import ORDER
from orders.ordering.services.credit import credit_documents

_ALL = credit_documents("TRUE").replace("%(zone)s", f"'{settings.TIME_ZONE}'")

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="orders.credit_is_what_orders_need",
        statement=_(
            "An open order that is not over the limit reserves its unshipped total, and what was shipped and is not invoiced."
        ),
        find=violations_of(f"""
            SELECT account.id AS account_id, needed.source_id AS order_id, needed.ordered, needed.shipped,
                   reserved.ordered_amount, reserved.shipped_amount
            FROM (
                SELECT company_id, distributor_id, currency, source_id, MAX(ordered) AS ordered,
                       bool_or(is_waiting) AS is_waiting, COALESCE(SUM(shipped) FILTER (
                           WHERE shipped_on >= (
                               SELECT account.opened_on FROM billing_tradeaccount AS account
                               WHERE account.company_id = given.company_id AND account.distributor_id = given.distributor_id
                           )
                       ), 0) AS shipped
                FROM {_ALL} AS given GROUP BY company_id, distributor_id, currency, source_id
            ) AS needed
            JOIN billing_tradeaccount AS account ON account.company_id = needed.company_id
                AND account.distributor_id = needed.distributor_id AND account.currency = needed.currency
            LEFT JOIN billing_creditreservation AS reserved
                ON reserved.source_type = '{ORDER}' AND reserved.source_id = needed.source_id
            WHERE COALESCE(reserved.shipped_amount, 0)
                  <> GREATEST(needed.shipped - COALESCE(reserved.invoiced_amount, 0), 0)
               OR COALESCE(reserved.ordered_amount, 0) > needed.ordered
               OR NOT needed.is_waiting AND COALESCE(reserved.ordered_amount, 0) < needed.ordered
        """),  # noqa: S608 - put together from constants
    ),
    Invariant(
        name="orders.no_credit_of_what_is_over",
        statement=_("What no order needs any more is not reserved for it."),
        find=violations_of(f"""
            SELECT reserved.source_id AS order_id, reserved.ordered_amount, placed.status
            FROM billing_creditreservation AS reserved
            LEFT JOIN orders_order AS placed ON placed.id = reserved.source_id
            WHERE reserved.source_type = '{ORDER}' AND reserved.ordered_amount > 0
              AND (placed.id IS NULL OR placed.status NOT IN ('submitted', 'approved', 'picking', 'partly_shipped'))
        """),  # noqa: S608 - put together from constants
    ),
)
