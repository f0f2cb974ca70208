"""Plans of the demo company, added up from the distributors to the company, so that every level is exact."""

from typing import Any

from django.db import connection

from demo.bulk import write_query
from demo.company import CURRENCY, Company
from demo.seasons import month_shares
from planning.services.link_plans import link_plans

# A distributor's plan: last year's sales, stretched by 5 to 25 per cent,
# in round hundreds a month (the first year: about what it sold).
_SOLD = """
CREATE TEMP TABLE demo_sold ON COMMIT DROP AS
SELECT distributor_id, extract(year FROM month)::int AS year, sum(net_amount) AS amount
FROM planning_salesactual WHERE basis = 'ordered' GROUP BY 1, 2
"""
_WANTED = """
CREATE TEMP TABLE demo_wanted ON COMMIT DROP AS
WITH season AS (SELECT * FROM unnest(%(years)s::int[], %(months)s::int[], %(shares)s::float8[]) AS s(year, n, share))
SELECT d.id AS distributor_id, d.territory_id, year.id AS year_id, period.number, year.code::int = %(last)s AS has_mix,
    100 * round((coalesce(base.amount, 20000) * (CASE WHEN year.code::int = %(first)s THEN 0.94 ELSE 1.05 END + (d.id
        %% 5) * 0.05))::numeric * season.share::numeric / 100) + 100 AS amount
FROM accounts_distributor AS d
CROSS JOIN company_businessyear AS year
JOIN company_businessperiod AS period ON period.year_id = year.id
JOIN season ON season.n = period.number AND season.year = year.code::int
LEFT JOIN demo_sold AS base ON base.distributor_id = d.id AND base.year = greatest(year.code::int - 1, %(first)s)
WHERE year.code::int BETWEEN %(first)s AND %(last)s
"""

# The mix of this year: equal parts in whole hundreds; what is left over goes to the first category.
_PLANS = """
SELECT NULL::bigint, NULL::bigint, year_id, number, NULL::bigint, sum(amount), 'locked', %(currency)s
FROM demo_wanted GROUP BY year_id, number
UNION ALL
SELECT territory_id, NULL, year_id, number, NULL, sum(amount), 'locked', %(currency)s
FROM demo_wanted GROUP BY territory_id, year_id, number
UNION ALL
SELECT NULL, distributor_id, year_id, number, category.id,
    CASE WHEN category.id IS NULL THEN amount
        ELSE 100 * floor(amount / 100 / category.among) + CASE WHEN category.place = 1
            THEN amount - 100 * floor(amount / 100 / category.among) * category.among ELSE 0 END END,
    CASE WHEN distributor_id %% 11 = 7 THEN 'draft' WHEN distributor_id %% 5 = 2 THEN 'agreed' ELSE 'locked' END,
    %(currency)s
FROM demo_wanted
LEFT JOIN (
    SELECT id, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS among
    FROM catalogue_category WHERE id IN (SELECT category_id FROM catalogue_product)
) AS category ON has_mix
"""


def build_plans(company: Company) -> None:
    years = [company.today.year - 1, company.today.year]
    spread = [(year, n, share) for year in years for n, share in enumerate(month_shares(year), start=1)]
    parameters: dict[str, Any] = {
        "years": [year for year, _n, _share in spread],
        "months": [n for _year, n, _share in spread],
        "shares": [share for _year, _n, share in spread],
        "first": company.today.year - 1,
        "last": company.today.year,
        "currency": CURRENCY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SOLD)
        cursor.execute("ANALYZE demo_sold, accounts_distributor, company_businessyear, company_businessperiod")
        cursor.execute(_WANTED, parameters)
        cursor.execute("ANALYZE demo_wanted")
    write_query(
        "plan",
        _PLANS,
        parameters,
        fields=("territory", "distributor", "year", "period", "category", "amount", "status", "currency"),
    )
    link_plans()
