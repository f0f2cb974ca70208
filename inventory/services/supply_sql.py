"""The statements behind expected receipts and back orders. Each is one, whatever the number of rows."""

from core.events import event_ctes
from core.importing import insert_into
from inventory.enums import InventoryEvent, ReceiptStatus
from inventory.models import BackOrder, ExpectedReceipt
from inventory.services.reservation_sql import insert_reservations

LOCK_STOCK = """
SELECT stock.id, stock.warehouse_id, stock.product_id, stock.on_hand, stock.reserved
FROM inventory_stock AS stock
JOIN unnest(%(stock)s::bigint[]) AS given (id) ON given.id = stock.id
ORDER BY stock.product_id, stock.warehouse_id
FOR UPDATE OF stock
"""

ADD_STOCK = """
INSERT INTO inventory_stock AS stock (warehouse_id, product_id, on_hand, reserved)
SELECT DISTINCT place.warehouse_id, place.product_id, 0, 0
FROM unnest(%(warehouses)s::bigint[], %(products)s::bigint[]) AS place (warehouse_id, product_id)
ORDER BY place.product_id, place.warehouse_id
ON CONFLICT (warehouse_id, product_id) DO NOTHING
"""
"""For what was never there: it is about to be waited for."""

LOCK_PLACES = """
SELECT stock.id, stock.warehouse_id, stock.product_id, stock.on_hand, stock.reserved, stock.waiting
FROM inventory_stock AS stock
JOIN (
    SELECT DISTINCT warehouse_id, product_id
    FROM unnest(%(warehouses)s::bigint[], %(products)s::bigint[]) AS given (warehouse_id, product_id)
) AS place ON place.warehouse_id = stock.warehouse_id AND place.product_id = stock.product_id
ORDER BY stock.product_id, stock.warehouse_id
FOR UPDATE OF stock
"""

_INSERTED = """(
    SELECT given.warehouse_id, given.product_id, given.distributor_id, %(source_type)s::text AS source_type,
           %(source)s::bigint AS source_id, given.source_line_id, %(reference)s::text AS reference,
           given.quantity AS ordered, given.quantity, %(lead_days)s::int AS lead_days, %(cut_off)s::time AS cut_off,
           %(calendar)s::bigint AS calendar_id, given.wanted_on, given.ship_on, given.promised_on,
           given.promised_on AS first_promised_on, %(keep_days)s::int AS keep_days, %(now)s::timestamptz AS placed_at,
           NULL::timestamptz AS filled_at,
           FALSE AS is_displaced
    FROM given ORDER BY given.nth
)"""

INSERT_BACK_ORDERS = f"""
WITH given AS MATERIALIZED (
    SELECT %(warehouse)s::bigint AS warehouse_id, given.*, %(distributor)s::bigint AS distributor_id
    FROM unnest(%(products)s::bigint[], %(lines)s::bigint[], %(quantities)s::bigint[], %(wanted)s::date[],
                %(ships)s::date[], %(promised)s::date[]) WITH ORDINALITY
        AS given (product_id, source_line_id, quantity, wanted_on, ship_on, promised_on, nth)
), raised AS (
    UPDATE inventory_stock AS stock SET waiting = stock.waiting + added.quantity
    FROM (SELECT warehouse_id, product_id, SUM(quantity)::bigint AS quantity FROM given GROUP BY warehouse_id, product_id)
        AS added
    WHERE stock.warehouse_id = added.warehouse_id AND stock.product_id = added.product_id
    RETURNING stock.id
), written AS (
    {insert_into(BackOrder, _INSERTED)}
)
SELECT id FROM raised
"""  # noqa: S608 - put together from constants only

_FILLED_LINES = """(
    SELECT warehouse_id, product_id, source_type, source_id, source_line_id, SUM(taken)::bigint AS quantity,
           0 AS bound, MAX(%(now)s::timestamptz + keep_days * INTERVAL '1 day') AS expires_at
    FROM taking WHERE taken > 0 GROUP BY warehouse_id, product_id, source_type, source_id, source_line_id
)"""

_EVENTS = event_ctes(
    "telling ORDER BY id",
    at="%(now)s::timestamptz",
    actor_id="NULL::bigint",
    on_behalf_of="NULL::bigint",
    distributor_id="telling.distributor_id",
    kind=f"CASE WHEN telling.taken > 0 THEN '{InventoryEvent.BACK_ORDER_FILLED}' "
    f"ELSE '{InventoryEvent.BACK_ORDER_PROMISED}' END",
    subject_type="telling.source_type",
    subject_id="telling.source_id",
    data="""jsonb_build_object(
        'number', telling.reference, 'product', telling.product_code, 'pieces', telling.taken, 'left', telling.quantity,
        'promised_on', telling.promised_on, 'promised_before', telling.promised_before, 'wanted_on', telling.wanted_on
    )""",
)

SETTLE = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(
        %(ids)s::bigint[], %(codes)s::text[], %(taken)s::bigint[], %(ships)s::date[], %(promised)s::date[]
    ) AS given (id, product_code, taken, ship_on, promised_on)
), taking AS MATERIALIZED (
    SELECT waiting.id, waiting.warehouse_id, waiting.product_id, waiting.distributor_id, waiting.source_type,
           waiting.source_id, waiting.source_line_id, waiting.keep_days, waiting.reference, waiting.wanted_on,
           waiting.promised_on AS promised_before, given.product_code, given.taken, given.ship_on, given.promised_on,
           waiting.quantity - given.taken AS quantity
    FROM given JOIN inventory_backorder AS waiting ON waiting.id = given.id
), changed AS (
    UPDATE inventory_backorder AS waiting
    SET quantity = taking.quantity, ship_on = taking.ship_on, promised_on = taking.promised_on,
        first_promised_on = COALESCE(waiting.first_promised_on, taking.promised_on),
        filled_at = CASE WHEN taking.quantity = 0 THEN %(now)s::timestamptz END
    FROM taking WHERE waiting.id = taking.id
), moved AS (
    UPDATE inventory_stock AS stock
    SET reserved = stock.reserved + together.taken, waiting = stock.waiting - together.taken
    FROM (
        SELECT warehouse_id, product_id, SUM(taken)::bigint AS taken FROM taking WHERE taken > 0
        GROUP BY warehouse_id, product_id
    ) AS together
    WHERE stock.warehouse_id = together.warehouse_id AND stock.product_id = together.product_id
), written AS (
    {insert_reservations(_FILLED_LINES)}
    ON CONFLICT (source_type, source_id, source_line_id, warehouse_id) DO UPDATE
        SET quantity = inventory_reservation.quantity + excluded.quantity,
            expires_at = CASE WHEN inventory_reservation.quantity > 0 THEN inventory_reservation.expires_at
                              ELSE excluded.expires_at END
), telling AS MATERIALIZED (
    SELECT * FROM taking WHERE NOT taking.id = ANY(%(quiet)s::bigint[])
      AND (taking.taken > 0 OR taking.promised_on IS DISTINCT FROM taking.promised_before)
), {_EVENTS}
SELECT count(*) FROM taking
"""  # noqa: S608 - put together from constants only

_EXPECTED = f"""(
    SELECT given.external_id, given.warehouse_id, given.product_id, given.quantity, 0 AS received, given.expected_on,
           '{ReceiptStatus.OPEN}' AS status, given.note, '' AS source_type,
           NULL::bigint AS source_id, NULL::bigint AS source_line_id
    FROM given
)"""  # noqa: S608 - put together from constants only


def save_expected(source: str) -> str:
    """Add expected receipts, and change those that differ, by their external id. What is closed already stays.

    So does what is on its way with a transfer. `source` is the text of a relation: external_id, warehouse_id, product_id,
    quantity, expected_on, note. Answers with external_id and is_new of what was written.
    """
    return f"""
WITH given AS MATERIALIZED (SELECT * FROM {source} AS asked)
{insert_into(ExpectedReceipt, _EXPECTED)}
ON CONFLICT (external_id) DO UPDATE
    SET warehouse_id = excluded.warehouse_id, product_id = excluded.product_id, quantity = excluded.quantity,
        expected_on = excluded.expected_on, note = excluded.note
    WHERE inventory_expectedreceipt.status = '{ReceiptStatus.OPEN}' AND inventory_expectedreceipt.source_id IS NULL
      AND (inventory_expectedreceipt.warehouse_id, inventory_expectedreceipt.product_id,
           inventory_expectedreceipt.quantity, inventory_expectedreceipt.expected_on, inventory_expectedreceipt.note)
          IS DISTINCT FROM
          (excluded.warehouse_id, excluded.product_id, excluded.quantity, excluded.expected_on, excluded.note)
RETURNING external_id, (xmax = 0) AS is_new
"""  # noqa: S608 - put together from constants only


_DISPLACED_LINES = """(
    SELECT reservation.warehouse_id, reservation.product_id, given.distributor_id, reservation.source_type,
           reservation.source_id, reservation.source_line_id, given.reference, given.pieces AS ordered,
           given.pieces AS quantity, given.lead_days, given.cut_off, given.calendar_id, given.wanted_on,
           NULL::date AS ship_on, NULL::date AS promised_on, NULL::date AS first_promised_on,
           CEIL(EXTRACT(EPOCH FROM GREATEST(reservation.expires_at - %(now)s, INTERVAL '1 day')) / 86400)::int AS keep_days,
           given.placed_at, NULL::timestamptz AS filled_at, TRUE AS is_displaced
    FROM given JOIN inventory_reservation AS reservation ON reservation.id = given.id ORDER BY given.nth
)"""

DISPLACE = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(
        %(reservations)s::bigint[], %(pieces)s::bigint[], %(distributors)s::bigint[], %(references)s::text[],
        %(placed)s::timestamptz[], %(wanted)s::date[], %(leads)s::int[], %(cut_offs)s::time[], %(calendars)s::bigint[]
    ) WITH ORDINALITY AS given (
        id, pieces, distributor_id, reference, placed_at, wanted_on, lead_days, cut_off, calendar_id, nth
    )
), lowered AS (
    UPDATE inventory_reservation AS reservation SET quantity = reservation.quantity - given.pieces
    FROM given WHERE reservation.id = given.id
    RETURNING reservation.warehouse_id, reservation.product_id, given.pieces
), moved AS (
    UPDATE inventory_stock AS stock
    SET reserved = stock.reserved - together.pieces, waiting = stock.waiting + together.pieces
    FROM (SELECT warehouse_id, product_id, SUM(pieces)::bigint AS pieces FROM lowered GROUP BY warehouse_id, product_id)
        AS together
    WHERE stock.warehouse_id = together.warehouse_id AND stock.product_id = together.product_id
    RETURNING stock.id
), written AS (
    {insert_into(BackOrder, _DISPLACED_LINES)}
)
SELECT id FROM moved
"""  # noqa: S608 - put together from constants only
"""Reservations whose goods are not there wait again: reserved becomes waiting. Before: the stock is locked."""
