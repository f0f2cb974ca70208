"""Plans of the demo company, added up from the distributors to the company, so that every level is exact."""

from typing import Any

from django.db import connection

from distribution.demo.company import CURRENCY, Company

_LEVELS = """
INSERT INTO planning_salesplan (level, year_id, distributor_id, territory_id, parent_id, number, is_current, status,
    currency, amount,
    version)
"""

# A distributor's plan: last year's sales, stretched by 5 to 25 per cent,
# in round hundreds a month (the first year: about what it sold).
_WANTED = """
CREATE TEMP TABLE demo_plan ON COMMIT DROP AS
WITH sold AS (
    SELECT distributor_id, extract(year FROM month)::int AS year, sum(net_amount) AS amount
    FROM planning_salesactual GROUP BY 1, 2
), season AS (SELECT n, weight FROM unnest(%(season)s::int[]) WITH ORDINALITY AS s(weight, n))
SELECT d.id AS distributor_id, d.territory_id, year.id AS year_id, period.id AS period_id,
    100 * round(coalesce(base.amount, 20000) * (CASE WHEN year.code::int = %(first)s THEN 0.94 ELSE 1.05 END + (d.id
        %% 5) * 0.05) * season.weight / 115 / 100) + 100 AS amount
FROM accounts_distributor AS d
CROSS JOIN core_businessyear AS year
JOIN core_businessperiod AS period ON period.year_id = year.id
JOIN season ON season.n = period.number
LEFT JOIN sold AS base ON base.distributor_id = d.id AND base.year = greatest(year.code::int - 1, %(first)s)
WHERE year.code::int BETWEEN %(first)s AND %(last)s
"""

_COMPANY = (
    _LEVELS
    + """
SELECT 'company', year_id, NULL, NULL, NULL, 1, true, 'locked', %(currency)s, sum(amount),
    1 FROM demo_plan GROUP BY year_id
"""
)

_TERRITORIES = (
    _LEVELS
    + """
SELECT 'territory', p.year_id, NULL, p.territory_id, company.id, 1, true, 'locked', %(currency)s, sum(p.amount), 1
FROM demo_plan AS p JOIN planning_salesplan AS company ON company.level = 'company' AND company.year_id = p.year_id
GROUP BY p.year_id, p.territory_id, company.id
"""
)

_DISTRIBUTORS = (
    _LEVELS
    + """
SELECT 'distributor', p.year_id, p.distributor_id, NULL, above.id, 1, true,
    CASE WHEN p.distributor_id %% 11 = 7 THEN 'draft' WHEN p.distributor_id %% 5 = 2 THEN 'agreed' ELSE 'locked' END,
    %(currency)s, sum(p.amount), 1
FROM demo_plan AS p
JOIN planning_salesplan AS above ON above.level = 'territory' AND above.year_id = p.year_id AND above.territory_id =
    p.territory_id
GROUP BY p.year_id, p.distributor_id, above.id
"""
)

_PERIODS = """
INSERT INTO planning_salesplanperiod (plan_id, period_id, amount)
SELECT plan.id, p.period_id, sum(p.amount)
FROM demo_plan AS p
CROSS JOIN LATERAL (VALUES ('company', 0, 0), ('territory', p.territory_id, 0), ('distributor', 0, p.distributor_id))
    AS owner(level, territory_id, distributor_id)
JOIN planning_salesplan AS plan
    ON plan.year_id = p.year_id AND plan.level = owner.level AND coalesce(plan.territory_id, 0) = owner.territory_id
    AND coalesce(plan.distributor_id, 0) = owner.distributor_id
GROUP BY plan.id, p.period_id
"""

# Equal parts in whole hundreds; what is left over goes to the first category.
_MIX = """
INSERT INTO planning_salesplanmix (plan_period_id, category_id, amount)
SELECT part.id, category.id,
    100 * floor(part.amount / 100 / category.among) + CASE WHEN category.place = 1
        THEN part.amount - 100 * floor(part.amount / 100 / category.among) * category.among ELSE 0 END
FROM planning_salesplanperiod AS part
JOIN planning_salesplan AS plan ON plan.id = part.plan_id AND plan.level = 'distributor'
JOIN core_businessyear AS year ON year.id = plan.year_id AND year.code::int = %(last)s
CROSS JOIN (
    SELECT id, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS among
    FROM inventory_category WHERE id IN (SELECT category_id FROM inventory_product)
) AS category
"""


def build_plans(company: Company, *, season: list[int]) -> None:
    parameters: dict[str, Any] = {
        "season": season,
        "first": company.today.year - 1,
        "last": company.today.year,
        "currency": CURRENCY,
    }
    with connection.cursor() as cursor:
        for statement in [_WANTED, "ANALYZE demo_plan", _COMPANY, _TERRITORIES, _DISTRIBUTORS, _PERIODS, _MIX]:
            cursor.execute(statement, parameters)
