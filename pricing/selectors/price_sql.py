"""The choice of a price as parts of one statement, apart so that the hot path of placing can embed them.

`PRICE_CTES` stands after WITH RECURSIVE and takes %(distributor)s; `CHOSEN_PRICE` and `NEXT_STEP` are joined to rows
called `asked` with the columns product_id and quantity, and take %(on)s. The seller is the company: only its own lists count.
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
), ranked_list AS MATERIALIZED (
    SELECT list.id, list.code, list.name, list.name_zh,
           CASE WHEN list.distributor_id IS NOT NULL THEN 'distributor'
                WHEN list.territory_id IS NOT NULL THEN 'territory'
                WHEN list.tier_id IS NOT NULL THEN 'tier'
                WHEN list.channel_kind <> '' THEN 'channel_kind'
                ELSE 'all' END AS scope,
           ROW_NUMBER() OVER (
               ORDER BY list.distributor_id IS NULL, area.distance NULLS LAST, list.tier_id IS NULL,
                        list.channel_kind = '', list.priority DESC, list.code
           ) AS place
    FROM pricing_pricelist AS list
    CROSS JOIN buyer
    LEFT JOIN area ON area.id = list.territory_id
    WHERE list.is_active
      AND list.owner_id IS NULL
      AND list.currency = buyer.currency
      AND (list.distributor_id IS NULL OR list.distributor_id = buyer.id)
      AND (list.territory_id IS NULL OR area.id IS NOT NULL)
      AND (list.tier_id IS NULL OR list.tier_id = buyer.tier_id)
      AND (list.channel_kind = '' OR list.channel_kind = buyer.channel_kind)
)
"""

CHOSEN_PRICE = """
LEFT JOIN LATERAL (
    SELECT price.id, price.amount, price.from_quantity, price.ends_on,
           ranked_list.code, ranked_list.name, ranked_list.name_zh, ranked_list.scope, ranked_list.place
    FROM pricing_price AS price
    JOIN ranked_list ON ranked_list.id = price.price_list_id
    WHERE price.product_id = asked.product_id
      AND price.from_quantity <= asked.quantity
      AND price.starts_on <= %(on)s
      AND (price.ends_on IS NULL OR price.ends_on >= %(on)s)
    ORDER BY ranked_list.place, price.from_quantity DESC
    LIMIT 1
) AS chosen ON TRUE
"""

NEXT_STEP = """
LEFT JOIN LATERAL (
    SELECT price.from_quantity, price.amount
    FROM pricing_price AS price
    JOIN ranked_list ON ranked_list.id = price.price_list_id
    WHERE price.product_id = asked.product_id
      AND price.from_quantity > asked.quantity
      AND price.starts_on <= %(on)s
      AND (price.ends_on IS NULL OR price.ends_on >= %(on)s)
      AND (chosen.place IS NULL OR ranked_list.place <= chosen.place)
    ORDER BY price.from_quantity, ranked_list.place
    LIMIT 1
) AS next_step ON TRUE
"""

PRICE_LINES = f"""
WITH RECURSIVE {PRICE_CTES}
SELECT asked.product_id, asked.quantity, (SELECT currency FROM buyer),
       chosen.id, chosen.amount, chosen.code, chosen.name, chosen.name_zh, chosen.scope, chosen.from_quantity,
       chosen.ends_on, next_step.from_quantity, next_step.amount
FROM unnest(%(products)s::bigint[], %(quantities)s::bigint[])
    WITH ORDINALITY AS asked (product_id, quantity, position)
{CHOSEN_PRICE}
{NEXT_STEP}
ORDER BY asked.position
"""  # noqa: S608 - put together from the constants above
