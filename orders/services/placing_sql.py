"""The statements that place an order: few, set-based, the same number whatever the number of lines.

`READ_CONTEXT` answers everything that can be wrong with an order, with a row a line (one row without a line where none
was asked). `PLACE_NEW` and `PLACE_DRAFT` write order, lines, event and outbox message at once. The stock is held last,
by `inventory.services.stock.reserve`, so that its rows are locked for as short as can be.
"""

from core.events import event_ctes
from core.prepared import Prepared
from planning.selectors.price_sql import CHOSEN_PRICE, PRICE_CTES

_READ_CONTEXT = f"""
WITH RECURSIVE {PRICE_CTES}, asked AS MATERIALIZED (
    SELECT wish.position, wish.quantity,
           COALESCE(
               wish.product_id,
               (SELECT id FROM inventory_product WHERE code = wish.code),
               (SELECT id FROM inventory_product WHERE barcode = wish.code)
           ) AS product_id
    FROM unnest(%(products)s::bigint[], %(codes)s::text[], %(quantities)s::bigint[])
        WITH ORDINALITY AS wish (product_id, code, quantity, position)
), head AS MATERIALIZED (
    SELECT distributor.id, distributor.status, distributor.currency, route.warehouse_id, route.lead_days,
           (SELECT held.user_id
            FROM accounts_responsibility AS held JOIN accounts_duty AS duty ON duty.id = held.duty_id
            WHERE held.distributor_id = distributor.id AND duty.is_active
              AND held.starts_on <= %(on)s AND (held.ends_on IS NULL OR held.ends_on >= %(on)s)
            ORDER BY duty.position, duty.code LIMIT 1) AS manager_id,
           (SELECT other.number
            FROM orders_order AS other
            WHERE other.distributor_id = distributor.id AND other.purchase_order_number = %(po)s
              AND NOT other.purchase_order_number = '' AND NOT other.status = 'cancelled'
              AND NOT other.source = 'import' AND other.id IS DISTINCT FROM %(order)s
            LIMIT 1) AS taken_by
    FROM accounts_distributor AS distributor
    LEFT JOIN inventory_supplyroute AS route ON route.distributor_id = distributor.id
    WHERE distributor.id = %(distributor)s
)
SELECT head.status, head.currency, head.warehouse_id, head.lead_days, head.manager_id, head.taken_by,
       asked.position, asked.quantity, product.id, product.code, product.name, product.name_zh, product.status,
       product.unit, product.minimum_quantity, product.order_multiple, product.unit_cost, product.category_id,
       EXISTS (
           SELECT 1 FROM inventory_buyingright AS buying
           WHERE buying.distributor_id = head.id
             AND (buying.brand_id = product.brand_id OR buying.product_id = product.id)
             AND buying.starts_on <= %(on)s AND (buying.ends_on IS NULL OR buying.ends_on >= %(on)s)
       ),
       COALESCE(stock.on_hand - stock.reserved, 0),
       chosen.id, chosen.amount, chosen.code, chosen.name, chosen.name_zh, chosen.scope, chosen.from_quantity,
       chosen.ends_on
FROM head
LEFT JOIN asked ON TRUE
LEFT JOIN inventory_product AS product ON product.id = asked.product_id
LEFT JOIN inventory_stock AS stock ON stock.product_id = product.id AND stock.warehouse_id = head.warehouse_id
{CHOSEN_PRICE}
ORDER BY asked.position
"""  # noqa: S608 - put together from constants, values are bound

READ_CONTEXT = Prepared(
    _READ_CONTEXT,
    {
        "distributor": "bigint",
        "products": "bigint[]",
        "codes": "text[]",
        "quantities": "bigint[]",
        "on": "date",
        "po": "text",
        "order": "bigint",
    },
)

_EVENT = event_ctes(
    "placed",
    at="%(now)s",
    actor_id="%(actor)s",
    distributor_id="%(distributor)s",
    kind="%(kind)s",
    subject_type="'order'",
    subject_id="placed.id",
    data="%(data)s::jsonb || jsonb_build_object('number', placed.number)",
    request_id="%(request)s",
)

_WRITE_PARTS = f"""
new_line AS (
    INSERT INTO orders_orderline (
        order_id, position, product_id, ordered, cancelled, shipped, received,
        unit_price, gross_amount, discount_amount, net_amount, cost_amount, price_id, promotion_id
    )
    SELECT placed.id, line.position, line.product_id, line.quantity, 0, 0, 0,
           line.unit_price, line.amount, 0, line.amount, line.cost, line.price_id, NULL
    FROM placed, unnest(
        %(positions)s::int[], %(products)s::bigint[], %(quantities)s::int[], %(unit_prices)s::numeric[],
        %(amounts)s::numeric[], %(costs)s::numeric[], %(prices)s::bigint[]
    ) AS line (position, product_id, quantity, unit_price, amount, cost, price_id)
    RETURNING id, position
), {_EVENT}
SELECT placed.id, placed.number, placed.version, ARRAY(SELECT id FROM new_line ORDER BY position) FROM placed
"""  # noqa: S608 - likewise

_PLACE_NEW = f"""
WITH placed AS (
    INSERT INTO orders_order (
        number, distributor_id, warehouse_id, manager_id, status, lateness, source, purchase_order_number, note,
        hold_reason, cancel_reason, currency, exchange_rate, gross_amount, discount_amount, net_amount, cost_amount,
        line_count, unit_count, created_by_id, ordered_at, ordered_on, promised_on, version
    )
    VALUES (
        'SO' || nextval('order_number_seq'), %(distributor)s, %(warehouse)s, %(manager)s, 'submitted', 'on_time',
        %(source)s, %(po)s, %(note)s, '', '', %(currency)s, 1, %(total)s, 0, %(total)s, %(total_cost)s,
        %(line_count)s, %(unit_count)s, %(actor)s, %(now)s, %(on)s, %(promised_on)s, 1
    )
    RETURNING id, number, version
), {_WRITE_PARTS}
"""  # noqa: S608 - likewise

PLACE_NEW = Prepared(
    _PLACE_NEW,
    {
        "distributor": "bigint",
        "warehouse": "bigint",
        "manager": "bigint",
        "source": "text",
        "po": "text",
        "note": "text",
        "currency": "text",
        "total": "numeric",
        "total_cost": "numeric",
        "line_count": "int",
        "unit_count": "bigint",
        "actor": "bigint",
        "now": "timestamptz",
        "on": "date",
        "promised_on": "date",
        "positions": "int[]",
        "products": "bigint[]",
        "quantities": "int[]",
        "unit_prices": "numeric[]",
        "amounts": "numeric[]",
        "costs": "numeric[]",
        "prices": "bigint[]",
        "kind": "text",
        "data": "jsonb",
        "request": "text",
    },
)

DROP_LINES = "DELETE FROM orders_orderline WHERE order_id = %(order)s"

PLACE_DRAFT = f"""
WITH placed AS (
    UPDATE orders_order SET
        warehouse_id = %(warehouse)s, manager_id = %(manager)s, status = 'submitted', source = %(source)s,
        purchase_order_number = %(po)s, note = %(note)s, currency = %(currency)s, gross_amount = %(total)s,
        discount_amount = 0, net_amount = %(total)s, cost_amount = %(total_cost)s, line_count = %(line_count)s,
        unit_count = %(unit_count)s, ordered_at = %(now)s, ordered_on = %(on)s, promised_on = %(promised_on)s,
        version = version + 1
    WHERE id = %(order)s
    RETURNING id, number, version
), {_WRITE_PARTS}
"""  # noqa: S608 - likewise
