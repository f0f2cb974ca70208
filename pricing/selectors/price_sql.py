"""The choice of a price as parts of one statement, apart so that the hot path of placing can embed them.

`PRICE_CTES` stands after WITH RECURSIVE and takes %(distributor)s and %(on)s; `CHOSEN_PRICE` and `NEXT_STEP` are joined to
rows called `asked` with the columns product_id, unit_id (NULL for the piece), units, pieces (of one unit) and quantity
(units times pieces), and take %(on)s. The amounts are those of one unit as it is asked for: its own price, else in the same
list that of its pieces. Only lists of those who supply the distributor on the day count, in the order of its supply routes:
who sells a product is the first of them that has a price for it. Where nobody supplies it, the prices are the company's.
"""

PRICE_CTES = """
buyer AS (
    SELECT id, territory_id, tier_id, channel_kind, currency FROM accounts_distributor WHERE id = %(distributor)s
), area (id, parent_id, distance) AS (
    SELECT territory.id, territory.parent_id, 0
    FROM accounts_territory AS territory JOIN buyer ON buyer.territory_id = territory.id
    UNION ALL
    SELECT territory.id, territory.parent_id, area.distance + 1
    FROM accounts_territory AS territory JOIN area ON area.parent_id = territory.id
    WHERE area.distance < 100
), seller AS MATERIALIZED (
    SELECT warehouse.distributor_id AS id, MIN(route.priority) AS place
    FROM inventory_supplyroute AS route JOIN inventory_warehouse AS warehouse ON warehouse.id = route.warehouse_id
    WHERE route.distributor_id = %(distributor)s AND warehouse.is_active
      AND (route.starts_on IS NULL OR route.starts_on <= %(on)s) AND (route.ends_on IS NULL OR route.ends_on >= %(on)s)
    GROUP BY warehouse.distributor_id
), ranked_list AS MATERIALIZED (
    SELECT list.id, list.code, list.name, list.name_zh, list.owner_id AS seller_id,
           CASE WHEN list.distributor_id IS NOT NULL THEN 'distributor'
                WHEN list.territory_id IS NOT NULL THEN 'territory'
                WHEN list.tier_id IS NOT NULL THEN 'tier'
                WHEN list.channel_kind <> '' THEN 'channel_kind'
                ELSE 'all' END AS scope,
           ROW_NUMBER() OVER (
               ORDER BY seller.place, list.distributor_id IS NULL, area.distance NULLS LAST, list.tier_id IS NULL,
                        list.channel_kind = '', list.priority DESC, list.code
           ) AS place
    FROM pricing_pricelist AS list
    CROSS JOIN buyer
    LEFT JOIN area ON area.id = list.territory_id
    LEFT JOIN seller ON seller.id IS NOT DISTINCT FROM list.owner_id
    WHERE list.is_active
      AND (seller.place IS NOT NULL OR list.owner_id IS NULL AND NOT EXISTS (SELECT FROM seller))
      AND list.currency = buyer.currency
      AND (list.distributor_id IS NULL OR list.distributor_id = buyer.id)
      AND (list.territory_id IS NULL OR area.id IS NOT NULL)
      AND (list.tier_id IS NULL OR list.tier_id = buyer.tier_id)
      AND (list.channel_kind = '' OR list.channel_kind = buyer.channel_kind)
)
"""

CHOSEN_PRICE = """
LEFT JOIN LATERAL (
    SELECT price.id, price.amount * CASE WHEN price.unit_id IS NULL THEN asked.pieces ELSE 1 END AS amount,
           price.from_quantity, price.unit_id, price.ends_on,
           ranked_list.seller_id, ranked_list.code, ranked_list.name, ranked_list.name_zh, ranked_list.scope, ranked_list.place
    FROM pricing_price AS price
    JOIN ranked_list ON ranked_list.id = price.price_list_id
    WHERE price.product_id = asked.product_id
      AND (
          (price.unit_id IS NULL AND price.from_quantity <= asked.quantity)
          OR (price.unit_id = asked.unit_id AND price.from_quantity <= asked.units)
      )
      AND price.starts_on <= %(on)s
      AND (price.ends_on IS NULL OR price.ends_on >= %(on)s)
    ORDER BY ranked_list.place, price.unit_id IS NULL, price.from_quantity DESC
    LIMIT 1
) AS chosen ON TRUE
"""

NEXT_STEP = """
LEFT JOIN LATERAL (
    SELECT step.units, price.amount * CASE WHEN price.unit_id IS NULL THEN asked.pieces ELSE 1 END AS amount
    FROM pricing_price AS price
    JOIN ranked_list ON ranked_list.id = price.price_list_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN price.unit_id IS NULL THEN -(-price.from_quantity / asked.pieces) ELSE price.from_quantity END
    ) AS step (units)
    WHERE price.product_id = asked.product_id
      AND price.unit_id IS NOT DISTINCT FROM chosen.unit_id
      AND step.units > asked.units
      AND price.starts_on <= %(on)s
      AND (price.ends_on IS NULL OR price.ends_on >= %(on)s)
      AND (chosen.place IS NULL OR ranked_list.place <= chosen.place)
    ORDER BY step.units, ranked_list.place
    LIMIT 1
) AS next_step ON TRUE
"""

PRICE_LINES = f"""
WITH RECURSIVE {PRICE_CTES}
SELECT asked.product_id, asked.units, (SELECT currency FROM buyer),
       chosen.id, chosen.amount, chosen.code, chosen.name, chosen.name_zh, chosen.scope, chosen.from_quantity,
       chosen.ends_on, next_step.units, next_step.amount,
       CASE WHEN chosen.unit_id IS NULL THEN '' ELSE asked.unit END,
       CASE WHEN asked.unit_id IS NULL THEN '' ELSE asked.unit END
FROM (
    SELECT given.product_id, given.units, unit.id AS unit_id, given.unit, COALESCE(unit.pieces, 1) AS pieces,
           given.units * COALESCE(unit.pieces, 1) AS quantity, given.position
    FROM unnest(%(products)s::bigint[], %(units)s::bigint[], %(unit_codes)s::text[])
        WITH ORDINALITY AS given (product_id, units, unit, position)
    LEFT JOIN catalogue_productunit AS unit ON unit.product_id = given.product_id AND unit.code = given.unit
) AS asked
{CHOSEN_PRICE}
{NEXT_STEP}
ORDER BY asked.position
"""  # noqa: S608 - put together from the constants above
