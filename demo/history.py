"""Two years of seasonal orders, drawn by SQL and written by the services: a million orders in minutes.

Run it under `bulk.without_triggers`. Orders of more than a month ago are imported history, later ones were placed here.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from demo.bulk import staged, write_query
from demo.company import CURRENCY, Company
from demo.seasons import weight
from orders.bulk.services.claims import credit_missing
from orders.bulk.services.events import record_history
from orders.bulk.services.history import hold_orders, number_orders, write_whole_orders
from orders.bulk.services.reservations import reserve_open_lines
from orders.bulk.services.shipments import write_whole_shipments
from orders.ordering.services.sales import count_all_sales

ALL = "SELECT id FROM orders_order"
HISTORY_DAYS = 730
FRESH_DAYS = 21
"""So long ago at most is what still waits for somebody: it is there in the days of the festival, too."""
OPENS, CLOSES = timedelta(hours=8, minutes=30), timedelta(hours=18)
"""The working hours of buyers, in the zone of the company."""


def build_history(company: Company, *, orders: int, lines: int, seed: int) -> None:
    parameters: dict[str, Any] = {
        "orders": orders,
        "lines": lines,
        "today": company.today,
        "currency": CURRENCY,
        "zone": settings.TIME_ZONE,
        "now": timezone.now(),
        "opens": OPENS,
        "open_for": CLOSES - OPENS,
        "open_today": max(_time_over() - OPENS, timedelta(0)),
        "cancelled": company.words.cancelled,
        "damaged": company.words.short,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [(seed % 1000) / 1000])
        cursor.execute("SELECT set_config('work_mem', '256MB', true)")
        _draw_tables(company)
        cursor.execute(_DRAWN, parameters)
        cursor.execute(_STAGES, parameters)
    _write_orders(parameters, hold=company.words.hold)
    _write_shipments(parameters)
    write_query("stock", _STOCK, fields=("warehouse", "product", "on_hand"), extra={"reference": "text"})
    reserve_open_lines(orders=ALL)
    count_all_sales()
    record_history(orders=f"{ALL} WHERE source <> 'import'")
    credit_missing(orders=f"{ALL} WHERE source <> 'import'")


def _write_orders(parameters: Mapping[str, Any], *, hold: str) -> None:
    orders = staged(
        "order", _ORDERS, parameters, relation="demo_order", fields=_ORDER_FIELDS, extra=_ORDER_EXTRA, keys=True
    )
    number_orders(orders)
    lines = staged(
        "order_line", _LINES, parameters, relation="demo_line", fields=_LINE_FIELDS, extra=_LINE_EXTRA, keys=True
    )
    write_whole_orders(orders, lines)
    hold_orders(orders, reason=hold)


def _write_shipments(parameters: Mapping[str, Any]) -> None:
    shipments = staged("shipment", _SHIPMENTS, relation="demo_shipment", fields=_SHIPMENT_FIELDS, keys=True)
    lines = staged(
        "shipment_line",
        _SHIPMENT_LINES,
        parameters,
        relation="demo_shipment_line",
        fields=_SHIPMENT_LINE_FIELDS,
        extra={"order_line_id": "bigint"},
    )
    write_whole_shipments(shipments, lines)


def _time_over() -> timedelta:
    """How much of the day is over, less the hour in which an order is put on hold: nothing happens later than now."""
    now = timezone.localtime()
    return max(timedelta(hours=now.hour - 1, minutes=now.minute), timedelta(0))


def _draw_tables(company: Company) -> None:
    """What dice are thrown with: days by season, distributors by size, prices by step and year."""
    days: list[date] = []
    last = 0 if _time_over() >= OPENS + timedelta(hours=1) else 1  # nobody has ordered today before the offices open
    for ago in range(HISTORY_DAYS, last - 1, -1):
        day = company.today - timedelta(days=ago)
        days += [day] * weight(day, weekends=ago >= 2, festival=ago >= FRESH_DAYS) * (2 if ago < 12 else 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE demo_day ON COMMIT DROP AS "
            "SELECT n, day FROM unnest(%s::date[]) WITH ORDINALITY AS d(day, n)",
            [days],
        )
        cursor.execute("CREATE UNIQUE INDEX ON demo_day (n)")
        among = len(company.distributors)
        size = [1 + int(16 / (1 + index * 12 / among)) for index in range(among)]
        pace = [round(company.chance.uniform(0.65, 1.45), 2) for _number in company.distributors]
        cursor.execute(_PICK, [company.distributors, size, pace])
        cursor.execute("CREATE UNIQUE INDEX ON demo_pick (n)")
        cursor.execute(_PRICES, [date(company.today.year, 1, 1)])
        cursor.execute(_CHOICES)
        cursor.execute("CREATE UNIQUE INDEX ON demo_choice (distributor_id, place)")
        cursor.execute("ANALYZE demo_day; ANALYZE demo_pick; ANALYZE demo_price; ANALYZE demo_choice")


_PICK = """
CREATE TEMP TABLE demo_pick ON COMMIT DROP AS
SELECT row_number() OVER () AS n, pick.id AS distributor_id, pick.pace,
       route.warehouse_id, route.lead_days, held.user_id AS manager_id
FROM unnest(%s::bigint[], %s::int[], %s::float8[]) AS pick(id, size, pace)
JOIN LATERAL (
    SELECT warehouse_id, lead_days FROM inventory_supplyroute WHERE distributor_id = pick.id ORDER BY priority LIMIT 1
) AS route ON true
LEFT JOIN LATERAL (
    SELECT held.user_id FROM accounts_responsibility AS held JOIN accounts_duty AS duty ON duty.id = held.duty_id
    WHERE held.distributor_id = pick.id ORDER BY duty.position LIMIT 1
) AS held ON true
CROSS JOIN LATERAL generate_series(1, pick.size)
"""

_PRICES = """
CREATE TEMP TABLE demo_price ON COMMIT DROP AS
SELECT dense_rank() OVER (ORDER BY product.id) AS n, product.id AS product_id, product.order_multiple AS multiple,
       product.unit_cost, price.id AS price_id, price.amount, price.from_quantity, price.starts_on >= %s AS this_year,
       list.tier_id
FROM catalogue_product AS product
JOIN pricing_price AS price ON price.product_id = product.id
JOIN pricing_pricelist AS list ON list.id = price.price_list_id
"""

# Nobody orders what it may not buy.
_CHOICES = """
CREATE TEMP TABLE demo_choice ON COMMIT DROP AS
SELECT buying.distributor_id, priced.n AS product,
       row_number() OVER (PARTITION BY buying.distributor_id ORDER BY priced.n) - 1 AS place,
       count(*) OVER (PARTITION BY buying.distributor_id) AS products
FROM (SELECT DISTINCT n, product_id FROM demo_price) AS priced
JOIN catalogue_product AS product ON product.id = priced.product_id
JOIN catalogue_buyingright AS buying ON buying.brand_id = product.brand_id
"""

# One row an order. A distributor's pace bends its two years: below one it grows, above one it shrinks.
_DRAWN = """
CREATE TEMP TABLE demo_drawn ON COMMIT DROP AS
SELECT dice.n, pick.distributor_id, pick.warehouse_id, pick.manager_id, pick.lead_days, day.day, dice.lines, dice.luck,
       dice.full_luck, dice.hour, (day.day + %(opens)s + LEAST(
           -- Fewer write at noon than before and after it.
           (dice.hour + 0.07 * sin(4 * pi() * dice.hour)) * %(open_for)s,
           CASE WHEN day.day = %(today)s THEN dice.hour * %(open_today)s ELSE %(open_for)s END
       )) AT TIME ZONE %(zone)s AS at
FROM (
    SELECT n, random() AS who, random() AS what_day, random() AS luck, random() AS full_luck, random() AS hour,
           greatest(1, round(%(lines)s * (0.4 + 1.2 * random())))::int AS lines
    FROM generate_series(1, %(orders)s) AS n
) AS dice
JOIN demo_pick AS pick ON pick.n = 1 + floor(dice.who * (SELECT count(*) FROM demo_pick))::int
JOIN demo_day AS day
    ON day.n = 1 + floor(power(dice.what_day, pick.pace) * (SELECT count(*) FROM demo_day))::int
"""

# How far each order has come by its age; every two hundredth is planted to be stuck and late.
_STAGES = """
ALTER TABLE demo_drawn ADD COLUMN age int, ADD COLUMN status text, ADD COLUMN promised_on date,
    ADD COLUMN arrived_after int, ADD COLUMN short boolean, ADD COLUMN is_on_hold boolean;
UPDATE demo_drawn SET age = %(today)s - day, promised_on = day + lead_days + 2,
    arrived_after = CASE WHEN luck < 0.99 - (distributor_id %% 6) * 0.05 THEN lead_days - 1
                         ELSE lead_days + 3 + (luck * 10)::int %% 5 END,
    short = full_luck > 0.95, is_on_hold = FALSE;
UPDATE demo_drawn SET status = CASE
    WHEN age <= 1 THEN 'submitted'
    WHEN age <= 3 THEN CASE WHEN luck < 0.6 THEN 'approved' ELSE 'picking' END
    WHEN age < arrived_after THEN CASE WHEN luck < 0.15 THEN 'partly_shipped' ELSE 'shipped' END
    WHEN age < %(today)s - day + 1 AND age <= arrived_after + 2 THEN 'delivered'
    WHEN luck > 0.985 THEN 'cancelled'
    ELSE 'received' END;
UPDATE demo_drawn SET is_on_hold = TRUE WHERE age <= 1 AND luck >= 0.85;
UPDATE demo_drawn SET status = 'approved' WHERE age BETWEEN 10 AND 20 AND n %% 4 = 0 AND luck < 0.5
    OR n = (SELECT min(n) FROM demo_drawn WHERE age BETWEEN 10 AND 20);
"""

_ORDER_FIELDS = (
    "distributor", "ordered_at", "promised_on", "status", "manager", "warehouse", "purchase_order_number", "currency",
    "cancelled_at", "cancel_reason",
)  # fmt: skip
_ORDER_EXTRA = {
    "approved_at": "timestamptz", "shipped_at": "timestamptz", "delivered_at": "timestamptz",
    "received_at": "timestamptz", "source": "text", "lateness": "text", "is_on_hold": "boolean", "n": "int", "day": "date",
    "lines": "int", "short": "boolean", "lead_days": "int", "arrived_after": "int",
}  # fmt: skip


def _moment(day: str, hour: int, hours: int) -> str:
    """Within the working hours from `hour` on, and never later than now."""
    return (
        f"LEAST(({day} + interval '{hour} hours' + o.hour * interval '{hours} hours') AT TIME ZONE %(zone)s, %(now)s)"
    )


_ORDERS = f"""
SELECT o.distributor_id, o.at, o.promised_on, o.status, o.manager_id, o.warehouse_id, 'PO-' || (500000 + o.n),
    %(currency)s, CASE WHEN o.status = 'cancelled' THEN o.at + interval '1 day' END,
    CASE WHEN o.status = 'cancelled' THEN %(cancelled)s ELSE '' END,
    CASE WHEN o.status NOT IN ('submitted', 'cancelled') THEN {_moment("o.day + 1", 9, 3)} END,
    CASE WHEN o.status IN ('partly_shipped', 'shipped', 'delivered', 'received') THEN {_moment("o.day + 3", 14, 4)} END,
    CASE WHEN o.status IN ('delivered', 'received') THEN {_moment("o.day + o.arrived_after", 10, 6)} END,
    CASE WHEN o.status = 'received' THEN {_moment("o.day + o.arrived_after + 1", 9, 8)} END,
    CASE WHEN o.age > 30 THEN 'import' WHEN o.n %% 3 = 0 THEN 'api' ELSE 'page' END,
    CASE WHEN o.status IN ('submitted', 'approved', 'picking', 'partly_shipped', 'shipped')
        AND o.promised_on < %(today)s THEN 'late'
        WHEN o.status IN ('delivered', 'received') AND o.day + o.arrived_after > o.promised_on THEN 'late'
        ELSE 'on_time' END,
    o.is_on_hold,
    o.n, o.day, o.lines, o.short, o.lead_days, o.arrived_after
FROM demo_drawn AS o
ORDER BY o.at
"""  # noqa: S608  from constants

_LINE_FIELDS = (
    "order", "position", "product", "ordered", "cancelled", "shipped", "received", "unit_price", "gross_amount",
    "discount_amount", "net_amount", "cost_amount_company", "promotion",
)  # fmt: skip
_LINE_EXTRA = {"price_id": "bigint"}
_LINES = """
SELECT draw.order_id, draw.position, price.product_id, draw.ordered, draw.cancelled, draw.shipped, draw.received,
       price.amount, price.amount * draw.ordered, round(draw.discount_rate * price.amount * draw.ordered, 2),
       price.amount * draw.ordered - round(draw.discount_rate * price.amount * draw.ordered, 2),
       price.unit_cost * draw.ordered,
       CASE WHEN draw.promoted THEN (SELECT id FROM pricing_promotion WHERE code = 'NOVEMBER') END, price.price_id
FROM (
    WITH diced AS MATERIALIZED ( -- the dice are thrown once, whatever way the rest is joined
        SELECT o.id, o.status, o.short, list.tier_id, position, choice.product,
               dice, o.distributor_id,
               extract(year FROM o.day) = extract(year FROM %(today)s::date) AS this_year,
               extract(month FROM o.day) = 11 AND o.n %% 3 = 0 AS promoted
        FROM (SELECT *, floor(random() * 100000)::int AS first FROM demo_order) AS o
        JOIN accounts_distributor AS buyer ON buyer.id = o.distributor_id
        LEFT JOIN pricing_pricelist AS list ON list.tier_id = buyer.tier_id
        JOIN demo_choice AS whole ON whole.distributor_id = o.distributor_id AND whole.place = 0
        CROSS JOIN LATERAL generate_series(1, LEAST(o.lines, whole.products)) AS position
        JOIN demo_choice AS choice ON choice.distributor_id = o.distributor_id
            AND choice.place = (first + (position - 1) * 10007) %% whole.products -- a prime: no product twice
        CROSS JOIN LATERAL (SELECT random() + 0 * position AS dice) AS luck
    )
    SELECT o.id AS order_id, position, o.product, multiple, this_year, promoted, tier_id, taken.packs * multiple AS ordered,
           CASE WHEN promoted THEN 0.05 ELSE 0 END AS discount_rate,
           CASE WHEN status = 'cancelled' THEN taken.packs * multiple ELSE 0 END AS cancelled,
           CASE WHEN status IN ('shipped', 'delivered', 'received') THEN taken.packs * multiple
                WHEN status = 'partly_shipped' AND position = 1 THEN taken.packs * multiple ELSE 0 END AS shipped,
           CASE WHEN status = 'received' THEN taken.packs * multiple - (CASE WHEN short AND position = 1 THEN 1 ELSE 0 END)
                ELSE 0 END AS received
    FROM diced AS o
    JOIN (SELECT DISTINCT n, multiple FROM demo_price) AS unit ON unit.n = o.product
    -- Each distributor has a quantity of a product that is usual for it; one line in two hundred is far from it.
    CROSS JOIN LATERAL (
        SELECT 1 + 24 * power(abs(hashint8(o.distributor_id * 7919 + o.product)) / 2147483648.0, 3) AS packs
    ) AS usual
    CROSS JOIN LATERAL (
        SELECT ceil(usual.packs * CASE WHEN dice < 0.005 THEN 6 ELSE 0.8 + 0.4 * dice END)::int AS packs
    ) AS taken
) AS draw
JOIN demo_price AS price
    ON price.n = draw.product AND price.this_year = draw.this_year AND price.tier_id IS NOT DISTINCT FROM draw.tier_id
    AND price.from_quantity = CASE WHEN draw.ordered >= 240 THEN 240 WHEN draw.ordered >= 48 THEN 48 ELSE 1 END
"""

_SHIPMENT_FIELDS = (
    "order", "shipped_at", "expected_on", "delivered_at", "received_at", "status", "carrier", "tracking_number", "warehouse",
)  # fmt: skip
_SHIPMENTS = """
SELECT o.id, o.shipped_at, o.promised_on, o.delivered_at, o.received_at,
    CASE WHEN o.status = 'partly_shipped' THEN 'shipped' ELSE o.status END,
    (SELECT id FROM orders_carrier WHERE code = 'SWIFT'), 'SW' || (70000000 + o.n), o.warehouse_id
FROM demo_order AS o
WHERE o.status IN ('partly_shipped', 'shipped', 'delivered', 'received')
ORDER BY o._n
"""

_SHIPMENT_LINE_FIELDS = ("shipment", "quantity", "received", "difference_reason")
_SHIPMENT_LINES = """
SELECT shipment.id, line.shipped,
    CASE WHEN shipment.status = 'received' THEN line.received END,
    CASE WHEN shipment.status = 'received' AND line.received < line.shipped THEN %(damaged)s ELSE '' END,
    line.id
FROM demo_line AS line JOIN demo_shipment AS shipment ON shipment.order_id = line.order_id
WHERE line.shipped > 0
"""

# Planted: one product in twenty-five has nothing left to promise, one in nine is nearly gone.
_STOCK = """
SELECT warehouse.id, product.id, coalesce(needed.quantity, 0) + CASE
        WHEN product.id % 25 = 3 THEN 0 WHEN product.id % 9 = 4 THEN product.order_multiple * 3
        ELSE product.order_multiple * (60 + floor(random() * 600))::int END, 'OPENING'
FROM inventory_warehouse AS warehouse CROSS JOIN catalogue_product AS product
LEFT JOIN (
    SELECT placed.warehouse_id, line.product_id, sum(line.ordered - line.shipped) AS quantity
    FROM demo_line AS line JOIN demo_order AS placed ON placed.id = line.order_id
    WHERE placed.status IN ('submitted', 'approved', 'picking', 'partly_shipped')
    GROUP BY 1, 2
) AS needed ON needed.warehouse_id = warehouse.id AND needed.product_id = product.id
WHERE warehouse.distributor_id IS NULL
"""
