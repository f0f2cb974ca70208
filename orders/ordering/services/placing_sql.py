"""The statements that place an order: few, set-based, the same number whatever the number of lines.

What is asked before stands in `context_sql`. `PLACE_NEW` and `PLACE_DRAFT` write order, lines, event and outbox message at
once. The stock is held last, so that its rows are locked for as short as can be: by `inventory.services.stock.reserve_lines`,
or of an order as most are by the same statement (`PLACE_USUAL`).
"""

from accounts.expressions import represented_sql
from billing.services.credit_sql import CREDIT_ASKED, CREDIT_TAKEN
from channel.selectors.addresses import bill_to_sql, ship_to_sql
from company.enums import DocumentKind
from company.services.number_series import NEXT_NUMBER, series_sql
from core.events import event_ctes
from core.importing import insert_into
from core.prepared_statements import PreparedStatement
from inventory.services.reservation_sql import RESERVE_ASKED
from orders.ordering.enums import AdjustmentKind, HoldKind, OrderEvent
from orders.ordering.models import LineAdjustment, Order, OrderHold, OrderLine
from outlets.selectors.consignees import outlet_record_sql

# That it was placed, and where its address lies outside the territory, that it is on hold.
_EVENT = event_ctes(
    f"""placed JOIN (
        VALUES (1, %(kind)s::text, %(data)s::jsonb), (2, '{OrderEvent.OUTSIDE_TERRITORY}', %(outside)s::jsonb)
    ) AS fact (nth, kind, data) ON fact.data IS NOT NULL ORDER BY fact.nth""",
    at="%(now)s",
    actor_id="CASE WHEN fact.nth = 1 THEN %(actor)s::bigint END",
    on_behalf_of=f"""CASE WHEN fact.nth = 1
        THEN {represented_sql("%(actor)s::bigint", "%(distributor)s::bigint", "%(on)s::date")} END""",
    distributor_id="%(distributor)s",
    kind="fact.kind",
    subject_type="'order'",
    subject_id="placed.id",
    data="fact.data || jsonb_build_object('number', placed.number)",
    request_id="%(request)s",
)

_HOLD = insert_into(
    OrderHold,
    f"""(
    SELECT placed.id AS order_id, '{HoldKind.TERRITORY}' AS kind, '{HoldKind.TERRITORY}' AS code,
           %(outside)s::jsonb AS params, NULL::bigint AS placed_by_id, %(now)s::timestamptz AS placed_at,
           NULL::bigint AS lifted_by_id, NULL::timestamptz AS lifted_at, NULL::numeric AS amount, NULL::date AS until
    FROM placed WHERE %(outside)s::jsonb IS NOT NULL
    )""",  # noqa: S608 - put together from constants, values are bound
)

_GIVEN_LINES = """
    unnest(
        %(positions)s::int[], %(products)s::bigint[], %(categories)s::bigint[], %(units)s::text[],
        %(quantities)s::int[], %(pieces)s::int[], %(wanted)s::date[], %(unit_prices)s::numeric[],
        %(amounts)s::numeric[], %(discounts)s::numeric[], %(reasons)s::text[], %(costs)s::numeric[], %(prices)s::bigint[],
        %(warehouses)s::bigint[], %(line_promised)s::date[], %(when_short)s::text[]
    ) AS line (
        position, product_id, category_id, unit, units, pieces, wanted_on, unit_price, amount, discount, reason, cost,
        price_id, warehouse_id, promised_on, when_short
    )
"""


def _insert_lines(placed: str, condition: str = "") -> str:
    """Add the given lines of a condition to the order `placed`, by the statement with which an import adds its lines."""
    return insert_into(
        OrderLine,
        f"""(
    SELECT placed.id AS order_id, line.position, line.product_id, line.category_id, line.warehouse_id, line.unit,
           line.units, line.pieces AS pieces_per_unit, line.units * line.pieces AS ordered, 0 AS cancelled, 0 AS shipped,
           0 AS received, line.unit_price, line.amount AS gross_amount, line.discount AS discount_amount,
           0 AS rounding_amount, line.amount - line.discount AS net_amount, NULL::bigint AS tax_code_id,
           0 AS tax_amount, line.cost AS cost_amount_company, line.wanted_on, line.promised_on, line.when_short, line.price_id,
           NULL::bigint AS promotion_id, NULL::bigint AS gift_of_id
    FROM {placed}, {_GIVEN_LINES} {condition}
    )""",  # noqa: S608 - put together from constants, values are bound
    )


# What a line of a draft is that a change of the draft can change, each with where it comes from.
_CHANGED = {
    "category_id": "line.category_id",
    "units": "line.units",
    "pieces_per_unit": "line.pieces",
    "ordered": "line.units * line.pieces",
    "unit_price": "line.unit_price",
    "gross_amount": "line.amount",
    "discount_amount": "line.discount",
    "net_amount": "line.amount - line.discount",
    "cost_amount_company": "line.cost",
    "wanted_on": "line.wanted_on",
    # The first promise stays; of a line that becomes more, it is kept as long as the rest does not come later.
    "promised_on": "CASE WHEN stored.promised_on >= line.promised_on OR line.units * line.pieces <= stored.ordered "
    "THEN stored.promised_on ELSE line.promised_on END",
    "when_short": "line.when_short",
    "price_id": "line.price_id",
    # Its pieces are reserved there already; only what becomes more is looked for anew.
    "warehouse_id": "CASE WHEN line.units * line.pieces <= stored.ordered "
    "THEN COALESCE(stored.warehouse_id, line.warehouse_id) ELSE line.warehouse_id END",
}

_NEW_DRAFT_LINES = _insert_lines(
    "(SELECT %(order)s::bigint AS id) AS placed",
    "WHERE NOT EXISTS (SELECT FROM orders_orderline AS stored "
    "WHERE stored.order_id = placed.id AND stored.product_id = line.product_id AND stored.unit = line.unit "
    "AND stored.gift_of_id IS NULL)",
)

ADD_LINES = _insert_lines("(SELECT id FROM orders_order WHERE id = %(order)s) AS placed")

MERGE_DRAFT_LINES = f"""
WITH gone AS (
    DELETE FROM orders_orderline WHERE order_id = %(order)s AND gift_of_id IS NULL AND NOT EXISTS (
        SELECT FROM {_GIVEN_LINES}
        WHERE line.product_id = orders_orderline.product_id AND line.unit = orders_orderline.unit
    )
), changed AS (
    UPDATE orders_orderline AS stored SET {", ".join(f"{name} = {given}" for name, given in _CHANGED.items())}
    FROM {_GIVEN_LINES}
    WHERE stored.order_id = %(order)s AND stored.product_id = line.product_id AND stored.unit = line.unit
      AND stored.gift_of_id IS NULL
      AND ({", ".join(f"stored.{name}" for name in _CHANGED)}) IS DISTINCT FROM ({", ".join(_CHANGED.values())})
)
{_NEW_DRAFT_LINES}
"""  # noqa: S608 - put together from constants, values are bound

# What a line is given for nothing, whatever the list price is.
_ADJUST = insert_into(
    LineAdjustment,
    f"""(
    SELECT new_line.id AS line_id, line.reason AS kind, '' AS reason, '' AS source_type, NULL::bigint AS source_id,
           -line.discount AS amount
    FROM new_line JOIN {_GIVEN_LINES} ON line.position = new_line.position WHERE line.discount <> 0
    )""",  # noqa: S608 - put together from constants, values are bound
)

# Likewise, of the lines of an order that have none yet.
ADJUST_FREE = insert_into(
    LineAdjustment,
    f"""(
    SELECT line.id AS line_id, '{AdjustmentKind.FREE}' AS kind, '' AS reason, '' AS source_type, NULL::bigint AS source_id,
           -line.discount_amount AS amount
    FROM orders_orderline AS line
    WHERE line.order_id = %(order)s AND line.discount_amount <> 0
      AND NOT EXISTS (SELECT FROM orders_lineadjustment AS made WHERE made.line_id = line.id)
    )""",  # noqa: S608 - put together from constants, values are bound
)

TIE_GIFTS = """
UPDATE orders_orderline AS line SET gift_of_id = given.earning_id
FROM unnest(%(gifts)s::bigint[], %(earnings)s::bigint[]) AS given (gift_id, earning_id)
WHERE line.id = given.gift_id
"""

# Read by the order that is written, so that credit is locked before stock.
_ON_HOLD = "(%(outside)s::jsonb IS NOT NULL OR COALESCE((SELECT credit.over > 0 FROM credit), FALSE))"
_CREDIT = "(SELECT over FROM credit) AS over_credit, COALESCE((SELECT is_moved FROM credit), FALSE) AS credit_moved"

_WRITE_PARTS = f"""
new_line AS (
    {_insert_lines("placed")}
    RETURNING id, position
), adjusted AS (
    {_ADJUST}
), hold AS (
    {_HOLD}
), {CREDIT_TAKEN}, {_EVENT}
SELECT placed.id, placed.number, placed.version, ARRAY(SELECT id FROM new_line ORDER BY position) AS line_ids,
       {_CREDIT}, FALSE AS is_reserved, NULL::json AS short
FROM placed
"""  # noqa: S608 - put together from constants, values are bound

# What is copied onto the order, and the series that numbers it: an order of a company without one is not written.
_COPIED = f"""
    (SELECT COALESCE({outlet_record_sql("%(consignee_outlet)s")}, {ship_to_sql("receiver", "%(delivery_address)s")}) || COALESCE((
                SELECT jsonb_build_object('contact', person.name, 'phone', person.phone)
                FROM channel_contact AS person WHERE person.id = %(contact)s), '{{}}') AS ship_to,
            {bill_to_sql("buyer", "%(on)s::date")} || COALESCE((
                SELECT jsonb_build_object('invoice_title', jsonb_build_object(
                    'name', title.name, 'tax_number', title.tax_number, 'address', title.address, 'phone', title.phone,
                    'bank_name', title.bank_name, 'account_number', title.account_number))
                FROM channel_invoicetitle AS title WHERE title.id = %(invoice_title)s), '{{}}') AS bill_to
     FROM accounts_distributor AS buyer
     JOIN accounts_distributor AS receiver ON receiver.id = COALESCE(%(consignee_distributor)s::bigint, buyer.id)
     WHERE buyer.id = %(distributor)s) AS copied,
    {series_sql(DocumentKind.ORDER, company="%(company)s", on="%(on)s::date")}
"""  # noqa: S608 - put together from constants, values are bound

_NEW_ORDER = f"""(
    SELECT %(company)s::bigint AS company_id, {NEXT_NUMBER} AS number,
           CASE WHEN %(seller)s::bigint IS NULL THEN %(company)s::bigint END AS seller_company_id,
           %(seller)s::bigint AS seller_distributor_id, %(distributor)s::bigint AS distributor_id,
           %(warehouse)s::bigint AS warehouse_id, %(manager)s::bigint AS manager_id, %(type)s::bigint AS type_id,
           %(counts_as_sale)s::boolean AS counts_as_sale, %(uses_credit)s::boolean AS uses_credit,
           %(is_taxed)s::boolean AS is_taxed, %(group_number)s::text AS group_number,
           %(group_position)s::smallint AS group_position, %(agreement)s::bigint AS agreement_id, 'submitted' AS status,
           'on_time' AS lateness, %(source)s::text AS source, %(po)s::text AS purchase_order_number,
           %(note)s::text AS note, %(printed_note)s::text AS printed_note,
           {_ON_HOLD} AS is_on_hold, '' AS cancel_reason, copied.bill_to, copied.ship_to,
           %(delivery_address)s::bigint AS delivery_address_id,
           %(consignee_distributor)s::bigint AS consignee_distributor_id,
           %(consignee_outlet)s::bigint AS consignee_outlet_id, %(contact)s::bigint AS contact_id,
           %(invoice_title)s::bigint AS invoice_title_id, '' AS payment_terms, %(freight_terms)s::text AS freight_terms,
           %(currency)s::text AS currency,
           %(exchange_rate)s::numeric AS exchange_rate,
           %(gross)s::numeric AS gross_amount, %(discount)s::numeric AS discount_amount, 0 AS rounding_amount,
           %(total)s::numeric AS net_amount, 0 AS tax_amount, %(total)s::numeric AS total_amount,
           %(total_cost)s::numeric AS cost_amount_company, %(line_count)s::int AS line_count,
           %(unit_count)s::bigint AS unit_count, %(actor)s::bigint AS created_by_id, %(now)s::timestamptz AS ordered_at,
           %(on)s::date AS ordered_on, %(wanted_on)s::date AS wanted_on, %(promised_on)s::date AS promised_on,
           NULL::bigint AS sales_period_id,
           NULL::timestamptz AS approved_at, NULL::timestamptz AS shipped_at, NULL::timestamptz AS delivered_at,
           NULL::timestamptz AS received_at, NULL::timestamptz AS cancelled_at, 1 AS version
    FROM {_COPIED}
)"""  # noqa: S608 - put together from constants, values are bound

_PLACE_NEW = f"""
WITH {CREDIT_ASKED}, placed AS (
    {insert_into(Order, _NEW_ORDER)}
    RETURNING id, number, version
), {_WRITE_PARTS}
"""

# The same of an order as most are, with its stock: one that somebody places for their own company, on no hold, of which
# nothing is free of charge and nothing waits, and that is no part of a group (the stock of those is locked together).
_PLACE_USUAL = f"""
WITH {CREDIT_ASKED}, placed AS (
    {insert_into(Order, _NEW_ORDER)}
    RETURNING id, number, version
), new_line AS (
    {_insert_lines("placed")}
    RETURNING id, position, product_id, warehouse_id, ordered
), {CREDIT_TAKEN}, {
    event_ctes(
        "placed",
        at="%(now)s",
        actor_id="%(actor)s::bigint",
        on_behalf_of="NULL::bigint",
        distributor_id="%(distributor)s",
        kind="%(kind)s",
        subject_type="'order'",
        subject_id="placed.id",
        data="%(data)s || jsonb_build_object('number', placed.number)",
        request_id="%(request)s",
    )
}, asked AS MATERIALIZED (
    SELECT new_line.warehouse_id, placed.id AS source_id, new_line.product_id, new_line.id AS source_line_id,
           new_line.ordered::bigint AS quantity
    FROM new_line, placed
), {RESERVE_ASKED}
SELECT placed.id, placed.number, placed.version, ARRAY(SELECT id FROM new_line ORDER BY position) AS line_ids,
       {_CREDIT}, TRUE AS is_reserved, (
           SELECT json_agg(json_build_array(product_id, quantity, free) ORDER BY product_id) FROM checked WHERE free < quantity
       ) AS short
FROM placed
"""  # noqa: S608 - put together from constants, values are bound

_TYPES = {
    "company": "bigint",
    "distributor": "bigint",
    "warehouse": "bigint",
    "manager": "bigint",
    "source": "text",
    "po": "text",
    "note": "text",
    "currency": "text",
    "exchange_rate": "numeric",
    "gross": "numeric",
    "discount": "numeric",
    "total": "numeric",
    "seller": "bigint",
    "total_cost": "numeric",
    "line_count": "int",
    "unit_count": "bigint",
    "actor": "bigint",
    "now": "timestamptz",
    "on": "date",
    "wanted_on": "date",
    "promised_on": "date",
    "positions": "int[]",
    "products": "bigint[]",
    "categories": "bigint[]",
    "units": "text[]",
    "quantities": "int[]",
    "pieces": "int[]",
    "wanted": "date[]",
    "unit_prices": "numeric[]",
    "amounts": "numeric[]",
    "discounts": "numeric[]",
    "reasons": "text[]",
    "costs": "numeric[]",
    "prices": "bigint[]",
    "warehouses": "bigint[]",
    "line_promised": "date[]",
    "when_short": "text[]",
    "kind": "text",
    "data": "jsonb",
    "outside": "jsonb",
    "request": "text",
    "delivery_address": "bigint",
    "consignee_distributor": "bigint",
    "consignee_outlet": "bigint",
    "type": "bigint",
    "counts_as_sale": "boolean",
    "uses_credit": "boolean",
    "is_taxed": "boolean",
    "group_number": "text",
    "group_position": "smallint",
    "agreement": "bigint",
    "printed_note": "text",
    "contact": "bigint",
    "invoice_title": "bigint",
    "freight_terms": "text",
    "source_type": "text",
    "expires_at": "timestamptz",
}


def _prepared(statement: str) -> PreparedStatement:
    return PreparedStatement(statement, {name: kind for name, kind in _TYPES.items() if f"%({name})s" in statement})


PLACE_NEW = _prepared(_PLACE_NEW)
PLACE_USUAL = _prepared(_PLACE_USUAL)

CORRECT_PROMISES = """
WITH corrected AS (
    UPDATE orders_orderline AS line SET promised_on = given.promised_on
    FROM unnest(%(lines)s::bigint[], %(promised)s::date[]) AS given (id, promised_on)
    WHERE line.id = given.id
)
UPDATE orders_order SET promised_on = %(promised_on)s::date WHERE id = %(order)s
"""

DROP_LINES = "DELETE FROM orders_orderline WHERE order_id = %(order)s"

PLACE_DRAFT = f"""
WITH {CREDIT_ASKED}, placed AS (
    UPDATE orders_order AS draft SET
        number = {NEXT_NUMBER}, bill_to = copied.bill_to, ship_to = copied.ship_to,
        delivery_address_id = %(delivery_address)s, consignee_distributor_id = %(consignee_distributor)s,
        consignee_outlet_id = %(consignee_outlet)s, contact_id = %(contact)s, invoice_title_id = %(invoice_title)s,
        type_id = %(type)s, counts_as_sale = %(counts_as_sale)s, uses_credit = %(uses_credit)s, is_taxed = %(is_taxed)s,
        group_number = %(group_number)s, group_position = %(group_position)s, agreement_id = %(agreement)s,
        printed_note = %(printed_note)s, freight_terms = %(freight_terms)s,
        warehouse_id = %(warehouse)s, manager_id = %(manager)s, status = 'submitted', source = %(source)s,
        purchase_order_number = %(po)s, note = %(note)s, is_on_hold = {_ON_HOLD},
        currency = %(currency)s, exchange_rate = %(exchange_rate)s,
        seller_company_id = CASE WHEN %(seller)s::bigint IS NULL THEN %(company)s::bigint END,
        seller_distributor_id = %(seller)s::bigint,
        gross_amount = %(gross)s, discount_amount = %(discount)s, rounding_amount = 0,
        net_amount = %(total)s, tax_amount = 0, total_amount = %(total)s,
        cost_amount_company = %(total_cost)s, line_count = %(line_count)s, unit_count = %(unit_count)s,
        ordered_at = %(now)s, ordered_on = %(on)s, wanted_on = %(wanted_on)s, promised_on = %(promised_on)s
    FROM {_COPIED}
    WHERE draft.id = %(order)s
    RETURNING draft.id, draft.number, draft.version
), {_WRITE_PARTS}
"""  # noqa: S608 - put together from constants, values are bound
