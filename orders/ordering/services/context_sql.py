"""The statement that answers all that can be wrong with an order: a row a line, and one where no line was asked."""

from accounts.selectors.branches import sub_distributor_sql
from accounts.selectors.responsibilities import accountable_sql
from catalogue.querysets import may_buy_sql, meaning_of_code_sql, packaging_sql
from channel.selectors.addresses import delivery_address_sql
from channel.selectors.outside import in_grace_sql, outside_agreements_sql
from channel.selectors.terms import agreed_sql, chosen_terms_sql
from company.selectors import rate_sql
from core.prepared_statements import PreparedStatement
from inventory.querysets import routes_as_json, supply_routes_sql
from outlets.selectors.consignees import outlet_place_sql, supplied_outlet_sql
from policies.selectors.policies import blocking_policy_sql
from pricing.selectors.price_sql import CHOSEN_PRICE, PRICE_CTES

# Whose delivery addresses are meant: those of a consignee that may not have the goods are nobody's.
_RECEIVER = """CASE WHEN num_nonnulls(%(consignee_distributor)s, %(consignee_outlet)s) = 0
    THEN distributor.id ELSE consignee.distributor_id END"""

_READ_CONTEXT = f"""
WITH RECURSIVE {PRICE_CTES}, asked AS MATERIALIZED (
    SELECT given.position, product.id AS product_id, given.units, unit.id AS unit_id,
           COALESCE(unit.code, product.unit) AS unit, COALESCE(unit.pieces, 1) AS pieces,
           given.units * COALESCE(unit.pieces, 1) AS quantity,
           given.unit IN ('', lower(product.unit)) OR unit.id IS NOT NULL AS has_unit
    FROM unnest(%(products)s::bigint[], %(codes)s::text[], %(quantities)s::bigint[], %(units)s::text[])
        WITH ORDINALITY AS given (product_id, code, units, unit, position)
    LEFT JOIN LATERAL {meaning_of_code_sql("given.code", "%(distributor)s")} AS meant ON given.product_id IS NULL
    LEFT JOIN catalogue_product AS product ON product.id = COALESCE(given.product_id, meant.product_id)
    LEFT JOIN catalogue_productunit AS unit ON unit.product_id = product.id AND (
        unit.code = NULLIF(given.unit, lower(product.unit)) OR (given.unit = '' AND unit.id = meant.unit_id)
    )
), route AS MATERIALIZED (
    {supply_routes_sql("%(distributor)s", "%(on)s")}
), agreed AS MATERIALIZED (
    {agreed_sql("(SELECT id FROM company_company WHERE is_default)", "%(distributor)s", "%(on)s")}
), consignee AS MATERIALIZED (
    SELECT {sub_distributor_sql("%(consignee_distributor)s", "%(distributor)s")} AS distributor_id,
           {supplied_outlet_sql("%(consignee_outlet)s", "%(distributor)s", "%(on)s")} AS outlet_id
), head AS MATERIALIZED (
    SELECT distributor.id, distributor.status, distributor.currency, EXISTS (SELECT FROM route) AS is_supplied,
           {routes_as_json("route")} AS routes,
           (SELECT person.id FROM channel_contact AS person
            WHERE person.id = %(contact)s AND person.distributor_id = distributor.id AND person.starts_on <= %(on)s
              AND (person.ends_on IS NULL OR person.ends_on >= %(on)s)) AS contact_id,
           (SELECT title.id FROM channel_invoicetitle AS title
            WHERE title.distributor_id = distributor.id
              AND (title.id = %(invoice_title)s OR (%(invoice_title)s IS NULL AND title.is_default))
              AND title.starts_on <= %(on)s AND (title.ends_on IS NULL OR title.ends_on >= %(on)s)) AS invoice_title_id,
           consignee.distributor_id AS consignee_distributor_id, consignee.outlet_id AS consignee_outlet_id,
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
              AND core_normal_code(other.purchase_order_number) = core_normal_code(%(po)s)
              AND NOT other.purchase_order_number = '' AND NOT other.status = 'cancelled'
              AND NOT other.source = 'import' AND other.id IS DISTINCT FROM %(order)s
            LIMIT 1) AS taken_by,
           {blocking_policy_sql("distributor.id", "%(on)s")} AS blocking_policy_id,
           type.id AS type_id, type.is_priced, type.uses_credit, type.counts_as_sale, type.is_taxed,
           type.roles AS type_roles, type.is_active AS type_is_active
    FROM accounts_distributor AS distributor
    CROSS JOIN consignee
    LEFT JOIN company_company AS company ON company.is_default
    LEFT JOIN orders_ordertype AS type
        ON type.id = %(type)s OR (%(type)s IS NULL AND type.is_default)
    LEFT JOIN LATERAL (
        SELECT known.id, known.territory_id, known.name, known.place
        FROM {delivery_address_sql(_RECEIVER, "%(on)s", "%(delivery_address)s")} AS known
        UNION ALL
        {outlet_place_sql("consignee.outlet_id")}
    ) AS delivery ON TRUE
    WHERE distributor.id = %(distributor)s
)
SELECT head.company_id, head.company_currency, head.status AS distributor_status, head.currency, head.exchange_rate,
       head.is_supplied, CASE WHEN COALESCE(asked.position, 1) = 1 THEN head.routes END AS routes,
       head.contact_id, head.invoice_title_id, head.manager_id, head.taken_by, head.delivery_address_id,
       head.consignee_distributor_id, head.consignee_outlet_id,
       head.delivery_name, head.delivery_place, head.outside_agreements, head.has_grace, head.blocking_policy_id,
       head.type_id, head.is_priced, head.uses_credit, head.counts_as_sale, head.is_taxed, head.type_roles,
       head.type_is_active,
       product.id AS product_id, product.code, product.name, product.name_zh, product.status, asked.unit,
       asked.pieces, asked.has_unit, product.last_order_on, product.successor_id,
       (SELECT successor.code FROM catalogue_product AS successor WHERE successor.id = product.successor_id) AS successor_code,
       product.minimum_quantity, product.order_multiple, product.unit_cost, product.category_id,
       {may_buy_sql("head.id", "product", "%(on)s")} AS may_buy,
       COALESCE(source.free, 0) AS available, source.warehouse_id,
       source.seller_id, terms.id AS agreement_id, terms.number AS agreement_number,
       terms.currency AS agreement_currency, terms.order_minimum_amount, terms.freight_terms, terms.freight_free_from,
       terms.order_minimum_weight, terms.order_minimum_pallets, terms.full_truck_weight, terms.full_truck_pallets,
       terms.below_minimum, terms.freight_surcharge,
       CASE WHEN %(with_load)s OR num_nonnulls(
           terms.order_minimum_weight, terms.order_minimum_pallets, terms.full_truck_weight, terms.full_truck_pallets
       ) > 0 THEN {packaging_sql("product")} END AS packaging,
       chosen.id AS price_id, chosen.amount AS price_amount, chosen.code AS list_code, chosen.name AS list_name,
       chosen.name_zh AS list_name_zh, chosen.scope, chosen.from_quantity, chosen.ends_on,
       CASE WHEN chosen.unit_id IS NULL THEN '' ELSE asked.unit END AS price_unit
FROM head
LEFT JOIN asked ON TRUE
LEFT JOIN catalogue_product AS product ON product.id = asked.product_id
{CHOSEN_PRICE}
LEFT JOIN LATERAL (
    -- Of the seller's warehouses the first that has it all, else the one that has most of it.
    SELECT route.warehouse_id, route.seller_id, stock.on_hand - stock.reserved AS free
    FROM route
    LEFT JOIN inventory_stock AS stock ON stock.product_id = product.id AND stock.warehouse_id = route.warehouse_id
    WHERE route.seller_id IS NOT DISTINCT FROM chosen.seller_id OR chosen.id IS NULL
    ORDER BY LEAST(COALESCE(stock.on_hand - stock.reserved, 0), asked.quantity) DESC, route.priority LIMIT 1
) AS source ON TRUE
LEFT JOIN LATERAL (
    {chosen_terms_sql("agreed", "product.brand_id")}
) AS terms ON source.seller_id IS NULL AND product.id IS NOT NULL
ORDER BY asked.position
"""  # noqa: S608 - put together from constants, values are bound

READ_CONTEXT = PreparedStatement(
    _READ_CONTEXT,
    {
        "distributor": "bigint",
        "products": "bigint[]",
        "codes": "text[]",
        "quantities": "bigint[]",
        "units": "text[]",
        "on": "date",
        "po": "text",
        "order": "bigint",
        "with_load": "boolean",
        "delivery_address": "bigint",
        "consignee_distributor": "bigint",
        "consignee_outlet": "bigint",
        "type": "bigint",
        "contact": "bigint",
        "invoice_title": "bigint",
    },
)
