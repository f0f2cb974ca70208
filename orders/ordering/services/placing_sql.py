"""The statements that place an order: few, set-based, the same number whatever the number of lines.

`READ_CONTEXT` answers everything that can be wrong with an order, with a row a line (one row without a line where none
was asked). `PLACE_NEW` and `PLACE_DRAFT` write order, lines, event and outbox message at once. The stock is held last,
by `inventory.services.stock.reserve`, so that its rows are locked for as short as can be.
"""

from accounts.expressions import represented_sql
from accounts.selectors.responsibilities import accountable_sql
from catalogue.querysets import product_of_code_sql
from channel.selectors.addresses import bill_to_sql, delivery_address_sql, ship_to_sql
from channel.selectors.outside import in_grace_sql, outside_agreements_sql
from channel.selectors.policies import blocking_policy_sql
from company.enums import DocumentKind
from company.selectors import rate_sql
from company.services.number_series import NEXT_NUMBER, series_sql
from core.events import event_ctes
from core.importing import insert_into
from core.prepared_statements import PreparedStatement
from inventory.querysets import supply_route_sql
from orders.ordering.enums import HoldKind, OrderEvent
from orders.ordering.models import Order, OrderHold, OrderLine
from pricing.selectors.price_sql import CHOSEN_PRICE, PRICE_CTES

_READ_CONTEXT = f"""
WITH RECURSIVE {PRICE_CTES}, asked AS MATERIALIZED (
    SELECT given.position, given.quantity,
           COALESCE(
               given.product_id, {product_of_code_sql("given.code", "%(distributor)s")}
           ) AS product_id
    FROM unnest(%(products)s::bigint[], %(codes)s::text[], %(quantities)s::bigint[])
        WITH ORDINALITY AS given (product_id, code, quantity, position)
), head AS MATERIALIZED (
    SELECT distributor.id, distributor.status, distributor.currency, route.warehouse_id, route.lead_days,
           delivery.id AS delivery_address_id, delivery.name AS delivery_name, delivery.place AS delivery_place,
           {outside_agreements_sql("distributor.id", "%(on)s", "delivery")} AS outside_agreements,
           {in_grace_sql("distributor.id", "%(on)s")} AS has_grace,
           company.id AS company_id, company.currency AS company_currency,
           {rate_sql("distributor.currency", "company.currency", "%(on)s")} AS exchange_rate,
           (SELECT acting.person_id
            FROM ({accountable_sql("%(on)s")}) AS acting
            WHERE acting.distributor_id = distributor.id AND acting.person_id IS NOT NULL
            ORDER BY acting.duty_position, acting.duty_code LIMIT 1) AS manager_id,
           (SELECT COALESCE(other.number, 'draft-' || other.id)
            FROM orders_order AS other
            WHERE NOT %(po)s = '' AND other.distributor_id = distributor.id
              AND catalogue_normal_code(other.purchase_order_number) = catalogue_normal_code(%(po)s)
              AND NOT other.purchase_order_number = '' AND NOT other.status = 'cancelled'
              AND NOT other.source = 'import' AND other.id IS DISTINCT FROM %(order)s
            LIMIT 1) AS taken_by,
           {blocking_policy_sql("distributor.id", "%(on)s")} AS blocking_policy_id
    FROM accounts_distributor AS distributor
    LEFT JOIN company_company AS company ON company.is_default
    LEFT JOIN LATERAL {supply_route_sql("distributor.id", "%(on)s")} AS route ON TRUE
    LEFT JOIN LATERAL {delivery_address_sql("distributor.id", "%(on)s", "%(delivery_address)s")} AS delivery ON TRUE
    WHERE distributor.id = %(distributor)s
)
SELECT head.company_id, head.company_currency, head.status AS distributor_status, head.currency, head.exchange_rate,
       head.warehouse_id, head.lead_days, head.manager_id, head.taken_by, head.delivery_address_id,
       head.delivery_name, head.delivery_place, head.outside_agreements, head.has_grace, head.blocking_policy_id,
       product.id AS product_id, product.code, product.name, product.name_zh, product.status, product.unit,
       product.minimum_quantity, product.order_multiple, product.unit_cost, product.category_id,
       EXISTS (
           SELECT 1 FROM catalogue_buyingright AS buying
           WHERE buying.distributor_id = head.id
             AND (buying.brand_id = product.brand_id OR buying.product_id = product.id)
             AND buying.starts_on <= %(on)s AND (buying.ends_on IS NULL OR buying.ends_on >= %(on)s)
       ) AS may_buy,
       COALESCE(stock.on_hand - stock.reserved, 0) AS available,
       chosen.id AS price_id, chosen.amount AS price_amount, chosen.code AS list_code, chosen.name AS list_name,
       chosen.name_zh AS list_name_zh, chosen.scope, chosen.from_quantity, chosen.ends_on
FROM head
LEFT JOIN asked ON TRUE
LEFT JOIN catalogue_product AS product ON product.id = asked.product_id
LEFT JOIN inventory_stock AS stock ON stock.product_id = product.id AND stock.warehouse_id = head.warehouse_id
{CHOSEN_PRICE}
ORDER BY asked.position
"""  # noqa: S608 - put together from constants, values are bound

READ_CONTEXT = PreparedStatement(
    _READ_CONTEXT,
    {
        "distributor": "bigint",
        "products": "bigint[]",
        "codes": "text[]",
        "quantities": "bigint[]",
        "on": "date",
        "po": "text",
        "order": "bigint",
        "delivery_address": "bigint",
    },
)

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
        %(quantities)s::int[], %(wanted)s::date[], %(unit_prices)s::numeric[], %(amounts)s::numeric[],
        %(costs)s::numeric[], %(prices)s::bigint[]
    ) AS line (position, product_id, category_id, unit, quantity, wanted_on, unit_price, amount, cost, price_id)
"""


def _insert_lines(placed: str, condition: str = "") -> str:
    """Add the given lines of a condition to the order `placed`, by the statement with which an import adds its lines."""
    return insert_into(
        OrderLine,
        f"""(
    SELECT placed.id AS order_id, line.position, line.product_id, line.category_id, placed.warehouse_id, line.unit,
           line.quantity AS units, 1 AS pieces_per_unit, line.quantity AS ordered, 0 AS cancelled, 0 AS shipped,
           0 AS received, line.unit_price, line.amount AS gross_amount, 0 AS discount_amount, 0 AS rounding_amount,
           line.amount AS net_amount, NULL::bigint AS tax_code_id, 0 AS tax_amount, line.cost AS cost_amount_company,
           line.wanted_on, line.price_id,
           NULL::bigint AS promotion_id
    FROM {placed}, {_GIVEN_LINES} {condition}
    )""",  # noqa: S608 - likewise
    )


# What a line of a draft is that a change of the draft can change, each with where it comes from.
_CHANGED = {
    "category_id": "line.category_id",
    "unit": "line.unit",
    "units": "line.quantity",
    "ordered": "line.quantity",
    "unit_price": "line.unit_price",
    "gross_amount": "line.amount",
    "net_amount": "line.amount",
    "cost_amount_company": "line.cost",
    "wanted_on": "line.wanted_on",
    "price_id": "line.price_id",
}

_NEW_DRAFT_LINES = _insert_lines(
    "(SELECT %(order)s::bigint AS id, NULL::bigint AS warehouse_id) AS placed",
    "WHERE NOT EXISTS (SELECT FROM orders_orderline AS stored "
    "WHERE stored.order_id = placed.id AND stored.product_id = line.product_id)",
)

MERGE_DRAFT_LINES = f"""
WITH gone AS (
    DELETE FROM orders_orderline WHERE order_id = %(order)s AND NOT product_id = ANY(%(products)s::bigint[])
), changed AS (
    UPDATE orders_orderline AS stored SET {", ".join(f"{name} = {given}" for name, given in _CHANGED.items())}
    FROM {_GIVEN_LINES}
    WHERE stored.order_id = %(order)s AND stored.product_id = line.product_id
      AND ({", ".join(f"stored.{name}" for name in _CHANGED)}) IS DISTINCT FROM ({", ".join(_CHANGED.values())})
)
{_NEW_DRAFT_LINES}
"""  # noqa: S608 - likewise

_WRITE_PARTS = f"""
new_line AS (
    {_insert_lines("placed")}
    RETURNING id, position
), hold AS (
    {_HOLD}
), {_EVENT}
SELECT placed.id, placed.number, placed.version, ARRAY(SELECT id FROM new_line ORDER BY position) AS line_ids FROM placed
"""  # noqa: S608 - put together from constants, values are bound

# What is copied onto the order, and the series that numbers it: an order of a company without one is not written.
_COPIED = f"""
    (SELECT {ship_to_sql("buyer", "%(delivery_address)s")} AS ship_to, {bill_to_sql("buyer", "%(on)s::date")} AS bill_to
     FROM accounts_distributor AS buyer WHERE buyer.id = %(distributor)s) AS copied,
    {series_sql(DocumentKind.ORDER, company="%(company)s", on="%(on)s::date")}
"""  # noqa: S608 - likewise

_NEW_ORDER = f"""(
    SELECT %(company)s::bigint AS company_id, {NEXT_NUMBER} AS number, %(company)s::bigint AS seller_company_id,
           NULL::bigint AS seller_distributor_id, %(distributor)s::bigint AS distributor_id,
           %(warehouse)s::bigint AS warehouse_id, %(manager)s::bigint AS manager_id, 'submitted' AS status,
           'on_time' AS lateness, %(source)s::text AS source, %(po)s::text AS purchase_order_number,
           %(note)s::text AS note, %(outside)s::jsonb IS NOT NULL AS is_on_hold, '' AS cancel_reason, copied.bill_to,
           copied.ship_to,
           %(delivery_address)s::bigint AS delivery_address_id, '' AS payment_terms, %(currency)s::text AS currency,
           %(exchange_rate)s::numeric AS exchange_rate,
           %(total)s::numeric AS gross_amount, 0 AS discount_amount, 0 AS rounding_amount,
           %(total)s::numeric AS net_amount, 0 AS tax_amount, %(total)s::numeric AS total_amount,
           %(total_cost)s::numeric AS cost_amount_company, %(line_count)s::int AS line_count,
           %(unit_count)s::bigint AS unit_count, %(actor)s::bigint AS created_by_id, %(now)s::timestamptz AS ordered_at,
           %(on)s::date AS ordered_on, %(wanted_on)s::date AS wanted_on, %(promised_on)s::date AS promised_on,
           NULL::bigint AS sales_period_id,
           NULL::timestamptz AS approved_at, NULL::timestamptz AS shipped_at, NULL::timestamptz AS delivered_at,
           NULL::timestamptz AS received_at, NULL::timestamptz AS cancelled_at, 1 AS version
    FROM {_COPIED}
)"""  # noqa: S608 - likewise

_PLACE_NEW = f"""
WITH placed AS (
    {insert_into(Order, _NEW_ORDER)}
    RETURNING id, number, version, warehouse_id
), {_WRITE_PARTS}
"""

PLACE_NEW = PreparedStatement(
    _PLACE_NEW,
    {
        "company": "bigint",
        "distributor": "bigint",
        "warehouse": "bigint",
        "manager": "bigint",
        "source": "text",
        "po": "text",
        "note": "text",
        "currency": "text",
        "exchange_rate": "numeric",
        "total": "numeric",
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
        "wanted": "date[]",
        "unit_prices": "numeric[]",
        "amounts": "numeric[]",
        "costs": "numeric[]",
        "prices": "bigint[]",
        "kind": "text",
        "data": "jsonb",
        "outside": "jsonb",
        "request": "text",
        "delivery_address": "bigint",
    },
)

DROP_LINES = "DELETE FROM orders_orderline WHERE order_id = %(order)s"

PLACE_DRAFT = f"""
WITH placed AS (
    UPDATE orders_order AS draft SET
        number = {NEXT_NUMBER}, bill_to = copied.bill_to, ship_to = copied.ship_to,
        delivery_address_id = %(delivery_address)s,
        warehouse_id = %(warehouse)s, manager_id = %(manager)s, status = 'submitted', source = %(source)s,
        purchase_order_number = %(po)s, note = %(note)s, is_on_hold = %(outside)s::jsonb IS NOT NULL,
        currency = %(currency)s, exchange_rate = %(exchange_rate)s,
        gross_amount = %(total)s, discount_amount = 0, rounding_amount = 0,
        net_amount = %(total)s, tax_amount = 0, total_amount = %(total)s,
        cost_amount_company = %(total_cost)s, line_count = %(line_count)s, unit_count = %(unit_count)s,
        ordered_at = %(now)s, ordered_on = %(on)s, wanted_on = %(wanted_on)s, promised_on = %(promised_on)s
    FROM {_COPIED}
    WHERE draft.id = %(order)s
    RETURNING draft.id, draft.number, draft.version, draft.warehouse_id
), {_WRITE_PARTS}
"""  # noqa: S608 - likewise
