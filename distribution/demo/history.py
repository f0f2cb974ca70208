"""Two years of seasonal orders, by set-based SQL: a million orders with ten million lines in minutes.

The tables hold nothing of these distributors yet, so rows are numbered here. Run it under `bulk.without_triggers`.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from core.events import event_ctes
from distribution.demo.company import CURRENCY, Company
from distribution.demo.names import SEASON

HISTORY_DAYS = 730
WEEKEND = 5


def build_history(company: Company, *, orders: int, lines: int, seed: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [(seed % 1000) / 1000])
        cursor.execute("SELECT set_config('work_mem', '256MB', true)")
        _draw_tables(company)
        parameters: dict[str, Any] = {
            "orders": orders,
            "lines": lines,
            "today": company.today,
            "currency": CURRENCY,
            "until": _time_over(),
        }
        for statement in [*_WRITING, *_NUMBERS]:
            cursor.execute(statement, parameters)


def _time_over() -> timedelta:
    """How much of the day is over, less the hour in which an order is put on hold: nothing happens later than now."""
    now = timezone.localtime()
    return max(timedelta(hours=now.hour - 1, minutes=now.minute), timedelta(0))


def _draw_tables(company: Company) -> None:
    """What dice are thrown with: days by season, distributors by size, prices by step and year."""
    days: list[date] = []
    for ago in range(HISTORY_DAYS, -1, -1):
        day = company.today - timedelta(days=ago)
        days += [day] * (SEASON[day.month - 1] if day.weekday() < WEEKEND or ago < 2 else 2) * (2 if ago < 12 else 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE demo_day ON COMMIT DROP AS "
            "SELECT n, day FROM unnest(%s::date[]) WITH ORDINALITY AS d(day, n)",
            [days],
        )
        cursor.execute("CREATE UNIQUE INDEX ON demo_day (n)")
        among = len(company.distributors)
        size = [1 + int(16 / (1 + index * 12 / among)) for index in range(among)]
        pace = [round(company.chance.uniform(0.65, 1.45), 2) for _row in company.distributors]
        cursor.execute(_PICK, [[row.pk for row in company.distributors], size, pace])
        cursor.execute("CREATE UNIQUE INDEX ON demo_pick (n)")
        cursor.execute(_PRICES, [date(company.today.year, 1, 1)])
        cursor.execute("ANALYZE demo_day; ANALYZE demo_pick; ANALYZE demo_price")


_PICK = """
CREATE TEMP TABLE demo_pick ON COMMIT DROP AS
SELECT row_number() OVER () AS n, pick.id AS distributor_id, pick.pace,
       route.warehouse_id, route.lead_days, held.user_id AS manager_id
FROM unnest(%s::bigint[], %s::int[], %s::float8[]) AS pick(id, size, pace)
JOIN inventory_supplyroute AS route ON route.distributor_id = pick.id
LEFT JOIN LATERAL (
    SELECT held.user_id FROM accounts_responsibility AS held JOIN accounts_duty AS duty ON duty.id = held.duty_id
    WHERE held.distributor_id = pick.id ORDER BY duty.position LIMIT 1
) AS held ON true
CROSS JOIN LATERAL generate_series(1, pick.size)
"""

_PRICES = """
CREATE TEMP TABLE demo_price ON COMMIT DROP AS
SELECT dense_rank() OVER (ORDER BY product.id) AS n, product.id AS product_id, product.order_multiple AS multiple,
       product.unit_cost, price.id AS price_id, price.amount, price.from_quantity, price.starts_on >= %s AS this_year
FROM inventory_product AS product
JOIN planning_price AS price ON price.product_id = product.id
JOIN planning_pricelist AS list ON list.id = price.price_list_id AND list.code = 'STANDARD'
"""

# One row an order. A distributor's pace bends its two years: below one it grows, above one it shrinks.
_ORDERS = """
CREATE TEMP TABLE demo_order ON COMMIT DROP AS
SELECT dice.n, (SELECT coalesce(max(id), 0) FROM orders_order) + dice.n AS id, pick.distributor_id, pick.warehouse_id,
       pick.manager_id, pick.lead_days, day.day, dice.lines, dice.luck, dice.full_luck,
       day.day + LEAST(interval '8 hours' + dice.hour * interval '10 hours', %(until)s) AS at
FROM (
    SELECT n, random() AS who, random() AS what_day, random() AS luck, random() AS full_luck, random() AS hour,
           greatest(1, round(%(lines)s * (0.4 + 1.2 * random())))::int AS lines
    FROM generate_series(1, %(orders)s) AS n
) AS dice
JOIN demo_pick AS pick ON pick.n = 1 + floor(dice.who * (SELECT count(*) FROM demo_pick))::int
JOIN demo_day AS day
    ON day.n = 1 + floor(power(dice.what_day, pick.pace) * (SELECT count(*) FROM demo_day))::int
"""

# Where each order stands by its age; every two hundredth is planted to be stuck and late.
_STAGES = """
ALTER TABLE demo_order ADD COLUMN age int, ADD COLUMN status text, ADD COLUMN promised_on date,
    ADD COLUMN arrived_after int, ADD COLUMN short boolean;
UPDATE demo_order SET age = %(today)s - day, promised_on = day + lead_days + 2,
    arrived_after = CASE WHEN luck < 0.99 - (distributor_id %% 6) * 0.05 THEN lead_days - 1
                         ELSE lead_days + 3 + (luck * 10)::int %% 5 END,
    short = full_luck > 0.95;
UPDATE demo_order SET status = CASE
    WHEN age <= 1 THEN CASE WHEN luck < 0.85 THEN 'submitted' ELSE 'on_hold' END
    WHEN age <= 3 THEN CASE WHEN luck < 0.6 THEN 'approved' ELSE 'picking' END
    WHEN age < arrived_after THEN CASE WHEN luck < 0.15 THEN 'partly_shipped' ELSE 'shipped' END
    WHEN age < %(today)s - day + 1 AND age <= arrived_after + 2 THEN 'delivered'
    WHEN luck > 0.985 THEN 'cancelled'
    ELSE 'received' END;
UPDATE demo_order SET status = 'approved' WHERE age BETWEEN 10 AND 20 AND n %% 4 = 0 AND luck < 0.5;
"""

_LINES = """
CREATE TEMP TABLE demo_line ON COMMIT DROP AS
SELECT row_number() OVER () + (SELECT coalesce(max(id), 0) FROM orders_orderline) AS id, draw.order_id, draw.position,
       price.product_id, draw.ordered, draw.cancelled, draw.shipped, draw.received, draw.gone,
       price.amount AS unit_price, price.price_id, price.amount * draw.ordered AS gross,
       CASE WHEN draw.promoted THEN round(price.amount * draw.ordered * 0.05, 2) ELSE 0 END AS discount,
           draw.promoted,
       price.unit_cost * draw.ordered AS cost
FROM (
    SELECT o.id AS order_id, position, product, multiple, this_year, promoted, status, packs * multiple AS ordered,
           CASE WHEN status = 'cancelled' THEN packs * multiple ELSE 0 END AS cancelled,
           CASE WHEN status IN ('shipped', 'delivered', 'received') THEN packs * multiple
                WHEN status = 'partly_shipped' AND position = 1 THEN packs * multiple ELSE 0 END AS shipped,
           CASE WHEN status = 'received' THEN packs * multiple - (CASE WHEN short AND position = 1 THEN 1 ELSE 0 END)
                ELSE 0 END AS received,
           status IN ('shipped', 'delivered', 'received') OR (status = 'partly_shipped' AND position = 1) AS gone
    FROM (
        SELECT o.id, o.status, o.short, position, 1 + (first + (position - 1) * 7) %% all_products AS product,
               1 + floor(power(dice, 3) * 24)::int AS packs,
               extract(year FROM o.day) = extract(year FROM %(today)s::date) AS this_year,
               extract(month FROM o.day) = 11 AND o.n %% 3 = 0 AS promoted
        FROM (SELECT *, floor(random() * 100000)::int AS first FROM demo_order) AS o
        CROSS JOIN LATERAL generate_series(1, o.lines) AS position
        CROSS JOIN LATERAL (SELECT random() + 0 * position AS dice) AS luck
        CROSS JOIN (SELECT max(n)::int AS all_products FROM demo_price) AS catalogue
    ) AS o
    JOIN (SELECT DISTINCT n, multiple FROM demo_price) AS unit ON unit.n = o.product
) AS draw
JOIN demo_price AS price
    ON price.n = draw.product AND price.this_year = draw.this_year
    AND price.from_quantity = CASE WHEN draw.ordered >= 240 THEN 240 WHEN draw.ordered >= 48 THEN 48 ELSE 1 END;
CREATE INDEX ON demo_line (order_id);
ANALYZE demo_order; ANALYZE demo_line;
"""

_WRITE_ORDERS = """
INSERT INTO orders_order (id, number, distributor_id, warehouse_id, manager_id, status, lateness, source,
    purchase_order_number,
    note, hold_reason, cancel_reason, currency, exchange_rate, gross_amount, discount_amount, net_amount,
        cost_amount, line_count,
    unit_count, ordered_at, ordered_on, promised_on, approved_at, shipped_at, delivered_at, received_at,
        cancelled_at, version)
SELECT o.id, 'SO' || (100000 + o.id), o.distributor_id, o.warehouse_id, o.manager_id, o.status,
    CASE WHEN o.status IN ('submitted', 'on_hold', 'approved', 'picking', 'partly_shipped',
        'shipped') AND o.promised_on < %(today)s
         THEN 'late' ELSE 'on_time' END,
    CASE WHEN o.age > 30 THEN 'import' WHEN o.n %% 3 = 0 THEN 'api' ELSE 'page' END, 'PO-' || (500000 + o.id), '',
    CASE WHEN o.status = 'on_hold' THEN 'Unusual quantity, please confirm' ELSE '' END,
    CASE WHEN o.status = 'cancelled' THEN 'Cancelled by the distributor' ELSE '' END, %(currency)s, 1,
    l.gross, l.discount, l.gross - l.discount, l.cost, l.lines, l.units, o.at, o.day, o.promised_on,
    CASE WHEN o.status NOT IN ('submitted', 'on_hold', 'cancelled') THEN o.at + interval '20 hours' END,
    CASE WHEN o.status IN ('partly_shipped', 'shipped', 'delivered', 'received') THEN o.at + interval '3 days' END,
    CASE WHEN o.status IN ('delivered', 'received') THEN o.at + o.arrived_after * interval '1 day' END,
    CASE WHEN o.status = 'received' THEN o.at + (o.arrived_after + 1) * interval '1 day' END,
    CASE WHEN o.status = 'cancelled' THEN o.at + interval '1 day' END, 1
FROM demo_order AS o
JOIN (
    SELECT order_id, sum(gross) AS gross, sum(discount) AS discount, sum(cost) AS cost, count(*) AS lines,
        sum(ordered) AS units
    FROM demo_line GROUP BY order_id
) AS l ON l.order_id = o.id
ORDER BY o.at
"""

_WRITE_LINES = """
INSERT INTO orders_orderline (id, order_id, position, product_id, ordered, cancelled, shipped, received, unit_price,
    gross_amount,
    discount_amount, net_amount, cost_amount, price_id, promotion_id)
SELECT id, order_id, position, product_id, ordered, cancelled, shipped, received, unit_price, gross, discount,
    gross - discount,
    cost, price_id, CASE WHEN promoted THEN (SELECT id FROM planning_promotion WHERE code = 'NOVEMBER') END
FROM demo_line
"""

_WRITE_SHIPMENTS = """
INSERT INTO orders_shipment (id, number, order_id, warehouse_id, carrier_id, tracking_number, status, shipped_at,
    expected_on,
    delivered_at, received_at)
SELECT o.id, 'SH' || (100000 + o.id), o.id, o.warehouse_id, (SELECT id FROM orders_carrier WHERE code = 'SWIFT'),
    'SW' || (70000000 + o.id), CASE WHEN o.status = 'partly_shipped' THEN 'shipped' ELSE o.status END,
        o.at + interval '3 days',
    o.promised_on, CASE WHEN o.status IN ('delivered', 'received') THEN o.at + o.arrived_after * interval '1 day' END,
    CASE WHEN o.status = 'received' THEN o.at + (o.arrived_after + 1) * interval '1 day' END
FROM demo_order AS o WHERE o.status IN ('partly_shipped', 'shipped', 'delivered', 'received')
"""

_WRITE_SHIPMENT_LINES = """
INSERT INTO orders_shipmentline (shipment_id, order_line_id, quantity, received, difference_reason)
SELECT l.order_id, l.id, l.shipped, CASE WHEN o.status = 'received' THEN l.received END,
    CASE WHEN o.status = 'received' AND l.received < l.shipped THEN 'One carton damaged' ELSE '' END
FROM demo_line AS l JOIN demo_order AS o ON o.id = l.order_id WHERE l.gone
"""

_EVENT = event_ctes(
    """(
        SELECT step.at, step.actor_id, step.kind, o.id, o.distributor_id
        FROM orders_order AS o
        CROSS JOIN LATERAL (VALUES
            (o.ordered_at, NULL::bigint, 'order.submitted'),
            (CASE WHEN o.status = 'on_hold' THEN o.ordered_at + interval '1 hour' END, o.manager_id, 'order.held'),
            (o.approved_at, o.manager_id, 'order.approved'),
            (CASE WHEN o.status = 'picking' THEN o.approved_at + interval '2 hours' END, NULL, 'order.picking'),
            (o.shipped_at, NULL, 'order.shipped'),
            (o.delivered_at, NULL, 'order.delivered'),
            (o.received_at, NULL, 'order.received'),
            (o.cancelled_at, NULL, 'order.cancelled')
        ) AS step(at, actor_id, kind)
        WHERE o.source <> 'import' AND step.at IS NOT NULL
        ORDER BY step.at
    ) AS happened""",
    at="at",
    actor_id="actor_id",
    distributor_id="distributor_id",
    kind="kind",
    subject_type="'order'",
    subject_id="id",
    data="'{}'",
    publish="FALSE",
)
_EVENTS = f"WITH {_EVENT} SELECT count(*) FROM event"  # noqa: S608 - put together from constants

_RESERVATIONS = """
INSERT INTO inventory_reservation (warehouse_id, product_id, claim, claim_line, quantity)
SELECT o.warehouse_id, l.product_id, o.id, l.id, l.ordered - l.shipped
FROM demo_line AS l JOIN demo_order AS o ON o.id = l.order_id
WHERE o.status IN ('submitted', 'on_hold', 'approved', 'picking', 'partly_shipped') AND l.ordered > l.shipped
"""

# Planted: one product in twenty-five has nothing left to promise, one in nine is nearly gone.
_STOCK = """
INSERT INTO inventory_stock (warehouse_id, product_id, on_hand, reserved)
SELECT warehouse.id, product.id, coalesce(held.quantity, 0) + CASE
        WHEN product.id %% 25 = 3 THEN 0 WHEN product.id %% 9 = 4 THEN product.order_multiple * 3
        ELSE product.order_multiple * (60 + floor(random() * 600))::int END, coalesce(held.quantity, 0)
FROM inventory_warehouse AS warehouse CROSS JOIN inventory_product AS product
LEFT JOIN (
    SELECT warehouse_id, product_id, sum(quantity)::bigint AS quantity FROM inventory_reservation GROUP BY 1, 2
) AS held ON held.warehouse_id = warehouse.id AND held.product_id = product.id
WHERE warehouse.distributor_id IS NULL
"""

_MOVES = """
INSERT INTO inventory_stockmove (warehouse_id, product_id, kind, quantity, reference, note, at)
SELECT warehouse_id, product_id, 'opening', on_hand, 'OPENING', '', now() FROM inventory_stock WHERE on_hand > 0
"""

_ACTUALS = """
INSERT INTO planning_salesactual (distributor_id, manager_id, category_id, month, period_id, currency, units, lines,
    gross_amount,
    discount_amount, net_amount, cost_amount)
SELECT o.distributor_id, o.manager_id, product.category_id, date_trunc('month', o.day)::date, period.id, %(currency)s,
    sum(l.ordered), count(*), sum(l.gross), sum(l.discount), sum(l.gross - l.discount), sum(l.cost)
FROM demo_line AS l
JOIN demo_order AS o ON o.id = l.order_id AND o.status NOT IN ('submitted', 'on_hold', 'cancelled')
JOIN inventory_product AS product ON product.id = l.product_id
LEFT JOIN core_businessperiod AS period ON o.day BETWEEN period.starts_on AND period.ends_on
GROUP BY 1, 2, 3, 4, 5
"""

_WRITING = [
    _ORDERS,
    _STAGES,
    _LINES,
    _WRITE_ORDERS,
    _WRITE_LINES,
    _WRITE_SHIPMENTS,
    _WRITE_SHIPMENT_LINES,
    _EVENTS,
    _RESERVATIONS,
    _STOCK,
    _MOVES,
    _ACTUALS,
]

_NUMBERS = [
    "SELECT setval('order_number_seq', 100000 + max(id)) FROM orders_order",
    "SELECT setval('shipment_number_seq', 100000 + max(id)) FROM orders_shipment",
    "SELECT setval(pg_get_serial_sequence('orders_order', 'id'), max(id)) FROM orders_order",
    "SELECT setval(pg_get_serial_sequence('orders_orderline', 'id'), max(id)) FROM orders_orderline",
    "SELECT setval(pg_get_serial_sequence('orders_shipment', 'id'), max(id)) FROM orders_shipment",
]
