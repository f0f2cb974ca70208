"""What a run freezes of every distributor, in one statement.

The figures and their sources are described in `evaluation.scoring.metrics`. Amounts are stored as text with 4 digits in
the currency named beside them. The statement runs over the tables of other apps on purpose: one pass over each, for
everybody.
"""

from evaluation.scoring.due_lines import LINES_OF_DISTRIBUTORS

# Constants of this app joined together; what comes from outside is bound.
FREEZE = f"""
CREATE TEMP TABLE evaluation_frozen ON COMMIT DROP AS
WITH measured AS (
    SELECT id AS distributor_id, currency FROM accounts_distributor WHERE status = ANY(%(distributor_statuses)s)
),
sold AS (
    SELECT distributor_id, currency, period_id, sum(net_amount) AS net, sum(lines) AS lines,
        period_id = ANY(%(periods)s) AS inside
    FROM planning_salesactual
    WHERE basis = 'ordered' AND (period_id = ANY(%(periods)s) OR period_id = ANY(%(before)s))
    GROUP BY distributor_id, currency, period_id
    HAVING sum(lines) > 0
),
sums AS (
    SELECT sold.distributor_id, sold.currency,
        sum(net) FILTER (WHERE inside) AS net,
        sum(net) FILTER (WHERE NOT inside) AS before,
        sum(sold.lines) AS lines,
        jsonb_object_agg(period.starts_on, net::text) FILTER (WHERE inside) AS by_period,
        max(place.number) FILTER (WHERE inside) - min(place.number) FILTER (WHERE inside) + 1 AS periods
    FROM sold
    JOIN company_businessperiod AS period ON period.id = sold.period_id
    LEFT JOIN unnest(%(periods)s) WITH ORDINALITY AS place (period_id, number) ON place.period_id = sold.period_id
    GROUP BY sold.distributor_id, sold.currency
),
totals AS (
    SELECT currency, sum(net) AS total FROM sums GROUP BY currency
),
sales AS (
    SELECT DISTINCT ON (sums.distributor_id) sums.*
    FROM sums JOIN measured ON measured.distributor_id = sums.distributor_id
    ORDER BY sums.distributor_id, sums.currency = measured.currency DESC, sums.lines DESC, sums.currency
),
bought AS (  -- everybody: nothing bought is zero, in the distributor's own currency
    SELECT measured.distributor_id, COALESCE(sales.net, 0)::numeric(19, 4) AS net,
        CASE WHEN sales.net IS NULL THEN measured.currency ELSE sales.currency END AS currency
    FROM measured LEFT JOIN sales ON sales.distributor_id = measured.distributor_id
),
plans AS (
    SELECT plan.distributor_id, plan.currency, sum(part.amount) AS amount
    FROM planning_salesplan AS plan JOIN planning_salesplanperiod AS part ON part.plan_id = plan.id
    WHERE plan.level = 'distributor' AND plan.is_current AND plan.status = ANY(%(plan_statuses)s)
        AND part.period_id = ANY(%(periods)s)
    GROUP BY plan.distributor_id, plan.currency
),
{LINES_OF_DISTRIBUTORS},
order_days AS (
    SELECT distributor_id, ordered_on,
        ordered_on - lag(ordered_on) OVER (PARTITION BY distributor_id ORDER BY ordered_on) AS gap
    FROM (
        SELECT DISTINCT distributor_id, ordered_on FROM orders_order
        WHERE status = ANY(%(order_statuses)s) AND ordered_on BETWEEN %(starts_on)s AND %(ends_on)s
    ) AS days
),
rhythm AS (
    SELECT distributor_id, count(*) AS days, sum(gap) AS gap_days, sum(gap * gap) AS gap_squares
    FROM order_days GROUP BY distributor_id
)
SELECT measured.distributor_id, criterion.metric,
    CASE criterion.metric
        WHEN 'revenue_share' THEN jsonb_build_object(
            'net', bought.net::text, 'total', totals.total::text, 'currency', bought.currency)
        WHEN 'growth' THEN jsonb_build_object(
            'net', COALESCE(sales.net, 0)::numeric(19, 4)::text, 'before', sales.before::text,
            'currency', sales.currency)
        WHEN 'steadiness' THEN jsonb_build_object(
            'net', sales.by_period, 'periods', sales.periods, 'currency', sales.currency)
        WHEN 'plan_attainment' THEN jsonb_build_object(
            'net', bought.net::text, 'plan', plans.amount::text, 'currency', bought.currency)
        WHEN 'on_time_in_full' THEN jsonb_build_object('lines', delivered.lines, 'on_time', delivered.on_time)
        WHEN 'order_regularity' THEN jsonb_build_object(
            'days', rhythm.days, 'gap_days', rhythm.gap_days, 'gap_squares', rhythm.gap_squares)
    END AS inputs
FROM measured
CROSS JOIN (SELECT metric FROM evaluation_criterion WHERE scorecard_id = %(scorecard)s) AS criterion
JOIN bought ON bought.distributor_id = measured.distributor_id
LEFT JOIN totals ON totals.currency = bought.currency
LEFT JOIN sales ON sales.distributor_id = measured.distributor_id
LEFT JOIN plans ON plans.distributor_id = measured.distributor_id AND plans.currency = bought.currency
LEFT JOIN delivered ON delivered.distributor_id = measured.distributor_id
LEFT JOIN rhythm ON rhythm.distributor_id = measured.distributor_id
"""  # noqa: S608 - constants of this app joined; values are bound
