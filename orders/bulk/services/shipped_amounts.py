"""The share of its order line that each shipment posts, for many at once: the rounded running total less what went before.

The same figures as `orders.fulfilment.services.shipped_sales` for one shipment that leaves.
"""

from company.selectors import PERIOD_OF_DAY
from core.importing.staging import run
from core.money import currency_codes, currency_digits
from orders.bulk.services.orders import TOUCHED
from orders.fulfilment.services.shipped_sales import POSTED_AMOUNTS
from orders.ordering.services.posted_sales import SHIPPED_ON

NOT_SHARED_YET = ", ".join(f"0 AS {name}" for name in POSTED_AMOUNTS)
LINE_OF_PART = """
JOIN orders_orderline AS line ON line.id = s.order_line_id
JOIN orders_order AS placed ON placed.id = line.order_id
JOIN company_company AS company ON company.id = placed.company_id
"""


def running_quantities(relation: str, order: str) -> str:
    """The rows of a relation `given`, with the pieces of the order line up to each of them, and with it."""
    return f"""(
    SELECT given.*, SUM(given.quantity) OVER (PARTITION BY given.order_line_id ORDER BY {order}) AS so_far
    FROM {relation}
)"""


def shared_amounts() -> str:
    """The columns of the amounts, of `s` (running_quantities) joined by LINE_OF_PART."""
    return ", ".join(f"{_share(name)} AS {name}" for name in POSTED_AMOUNTS)


_USUAL_DIGITS = 2


def _digits(currency: str) -> str:
    """The decimals of a currency, as an expression."""
    others = sorted((code, digits) for code in currency_codes() if (digits := currency_digits(code)) != _USUAL_DIGITS)
    cases = " ".join(f"WHEN '{code}' THEN {digits}" for code, digits in others)
    return f"CASE {currency} {cases} ELSE {_USUAL_DIGITS} END"


def _share(name: str) -> str:
    digits = _digits("company.currency" if name == "cost_amount_company" else "placed.currency")
    pieces = "(line.ordered - line.cancelled)"
    after, before = (
        f"CASE WHEN {so_far} = {pieces} THEN line.{name} ELSE round(line.{name} * {so_far} / {pieces}, {digits}) END"
        for so_far in ("s.so_far", "(s.so_far - s.quantity)")
    )
    return f"({after}) - ({before})"


def share_touched() -> None:
    """Give the shipments of the orders written their amounts and business periods. Changes only what differs. Two statements."""
    run(_PERIODS)
    run(_SHARES)


_PERIODS = f"""
UPDATE orders_shipment AS sent SET sales_period_id = found.period_id
FROM (
    SELECT shipment.id, period.id AS period_id
    FROM {TOUCHED} AS touched
    JOIN orders_shipment AS shipment USING (order_id)
    LEFT JOIN {PERIOD_OF_DAY} AS period ON period.day = {SHIPPED_ON}
) AS found
WHERE found.id = sent.id AND sent.sales_period_id IS DISTINCT FROM found.period_id
"""
_COLUMNS = ", ".join(POSTED_AMOUNTS)
_SHARES = f"""
UPDATE orders_shipmentline AS part SET ({_COLUMNS}) = ({", ".join(f"shared.{name}" for name in POSTED_AMOUNTS)})
FROM (
    SELECT s.id, {shared_amounts()}
    FROM {
    running_quantities(
        f"orders_shipmentline AS given JOIN orders_shipment AS shipment ON shipment.id = given.shipment_id "
        f"JOIN {TOUCHED} AS touched ON touched.order_id = shipment.order_id",
        "shipment.shipped_at, shipment.id",
    )
} AS s
    {LINE_OF_PART}
) AS shared
WHERE shared.id = part.id
  AND ({", ".join(f"part.{name}" for name in POSTED_AMOUNTS)})
      IS DISTINCT FROM ({", ".join(f"shared.{name}" for name in POSTED_AMOUNTS)})
"""
