"""Which plan is part of which, for plans that came without saying so."""

from core.importing.staging import run

_ABOVE = """
WITH RECURSIVE reach (territory_id, ancestor_id, distance) AS (
    SELECT id, id, 0 FROM accounts_territory
    UNION ALL
    SELECT reach.territory_id, territory.parent_id, reach.distance + 1
    FROM reach JOIN accounts_territory AS territory ON territory.id = reach.ancestor_id
    WHERE territory.parent_id IS NOT NULL
), owner AS MATERIALIZED (
    SELECT id, level, territory_id, year_id, currency FROM planning_salesplan
    WHERE is_current AND level IN ('company', 'territory')
), above AS MATERIALIZED (
    SELECT reach.territory_id, reach.distance, owner.id, owner.year_id, owner.currency
    FROM reach JOIN owner ON owner.territory_id = reach.ancestor_id
    UNION ALL
    SELECT territory.id, 1000, owner.id, owner.year_id, owner.currency
    FROM (SELECT id FROM accounts_territory UNION ALL SELECT 0) AS territory CROSS JOIN owner
    WHERE owner.level = 'company'
), nearest AS MATERIALIZED (
    SELECT DISTINCT ON (territory_id, year_id, currency, own) territory_id, year_id, currency, own, id
    FROM above CROSS JOIN (VALUES (true), (false)) AS including (own)
    WHERE own OR distance > 0
    ORDER BY territory_id, year_id, currency, own, distance
)
UPDATE planning_salesplan AS plan SET parent_id = nearest.id
FROM planning_salesplan AS same
LEFT JOIN accounts_distributor AS distributor ON distributor.id = same.distributor_id
JOIN nearest
    ON nearest.territory_id = coalesce(same.territory_id, distributor.territory_id, 0) AND nearest.year_id = same.year_id
    AND nearest.currency = same.currency AND nearest.own = (same.territory_id IS NULL)
WHERE same.id = plan.id AND plan.is_current AND plan.parent_id IS NULL AND plan.level IN ('territory', 'distributor')
"""


def link_plans() -> int:
    """Make each plan without one above it a part of the plan of its territory, the next above, or of the company's.

    Only plans of one business year and currency. Before: inside a transaction; where the plan above is agreed, its parts
    must add up to it, as the database checks at the end. Returns how many plans were linked.
    """
    return run(_ABOVE)
