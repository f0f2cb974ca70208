"""Which plan is part of which, for plans that came without saying so."""

from core.importing.staging import run

_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id AS territory_id, parent_id AS next_id FROM accounts_territory
), reach (territory_id, ancestor_id, distance) AS (
    SELECT id, id, 0 FROM accounts_territory
    UNION ALL
    SELECT reach.territory_id, above.next_id, reach.distance + 1
    FROM reach JOIN above ON above.territory_id = reach.ancestor_id
    WHERE above.next_id IS NOT NULL
), candidate AS (
    SELECT plan.id, owner.id AS parent_id, reach.distance
    FROM planning_salesplan AS plan
    LEFT JOIN accounts_distributor AS distributor ON distributor.id = plan.distributor_id
    JOIN reach ON reach.territory_id = coalesce(plan.territory_id, distributor.territory_id)
    JOIN planning_salesplan AS owner
        ON owner.territory_id = reach.ancestor_id AND owner.year_id = plan.year_id AND owner.is_current
    WHERE plan.is_current AND plan.parent_id IS NULL AND owner.id <> plan.id AND owner.currency = plan.currency
    UNION ALL
    SELECT plan.id, owner.id, 1000
    FROM planning_salesplan AS plan
    JOIN planning_salesplan AS owner ON owner.level = 'company' AND owner.year_id = plan.year_id AND owner.is_current
    WHERE plan.is_current AND plan.parent_id IS NULL AND plan.level IN ('territory', 'distributor')
      AND owner.currency = plan.currency
)
UPDATE planning_salesplan AS plan SET parent_id = nearest.parent_id
FROM (SELECT DISTINCT ON (id) id, parent_id FROM candidate ORDER BY id, distance) AS nearest
WHERE plan.id = nearest.id
"""


def link_plans() -> int:
    """Make each plan without one above it a part of the plan of its territory, the next above, or of the company's.

    Only plans of one business year and currency. Before: inside a transaction; where the plan above is agreed, its parts
    must add up to it, as the database checks at the end. Returns how many plans were linked.
    """
    return run(_ABOVE)
