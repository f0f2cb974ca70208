"""From frozen inputs to values, scores and points, in SQL: the one text that computes a run and that checks it again.

It continues a WITH whose last part is `source(key, metric, inputs, weight, floor, target, position)`, one row per
step; `key` is whatever one score belongs to. The meaning of every figure is in `evaluation.scoring.metrics`, the same
arithmetic in plain Decimals in `evaluation.scoring.arithmetic`. Shares of weights are computed in whole 1/10000, so
nothing is lost.
"""

_NUMBER = "(source.inputs->>'{0}')::numeric"


def _number(name: str) -> str:
    return _NUMBER.format(name)


_VARIATION = "sqrt({count} * {squares} - {total} * {total}) / NULLIF({total}, 0)"

_PERIOD_VARIATION = """(
    SELECT CASE WHEN {count} >= 2 AND sum(one.value::numeric) > 0 THEN
        sqrt(greatest({count} * sum(one.value::numeric * one.value::numeric) - sum(one.value::numeric) ^ 2, 0))
        / sum(one.value::numeric) END
    FROM jsonb_each_text(CASE WHEN jsonb_typeof(source.inputs->'net') = 'object' THEN source.inputs->'net' END) AS one
)""".format(count=_number("periods"))  # noqa: S608 - constants of this app joined; values are bound

_GAP_VARIATION = "CASE WHEN {days} >= 3 THEN {variation} END".format(
    days=_number("days"),
    variation=_VARIATION.format(
        count=f"({_number('days')} - 1)", squares=_number("gap_squares"), total=_number("gap_days")
    ),
)

LIMIT = 999_999_999_999  # what the column holds

VALUE = f"""CASE source.metric
    WHEN 'revenue_share' THEN {_number("net")} / NULLIF({_number("total")}, 0)
    WHEN 'growth' THEN CASE WHEN {_number("before")} > 0 THEN {_number("net")} / {_number("before")} - 1 END
    WHEN 'steadiness' THEN {_PERIOD_VARIATION}
    WHEN 'plan_attainment' THEN CASE WHEN {_number("plan")} > 0 THEN {_number("net")} / {_number("plan")} END
    WHEN 'on_time_in_full' THEN {_number("on_time")} / NULLIF({_number("lines")}, 0)
    WHEN 'order_regularity' THEN {_GAP_VARIATION}
END"""

SCORED = f"""
measured AS MATERIALIZED (  -- computed once, not for every use
    SELECT key, metric, inputs, weight, floor, target, position, {VALUE} AS exact FROM source
),
valued AS MATERIALIZED (  -- greatest and least pass over NULL, so no data must be kept out of them
    SELECT *, CASE WHEN exact IS NOT NULL THEN round(least(greatest(exact, -{LIMIT}), {LIMIT}), 8) END AS value
    FROM measured
),
scored AS MATERIALIZED (
    SELECT *, CASE WHEN value IS NOT NULL THEN
        round(100 * least(greatest((value - floor)::numeric(40, 20) / (target - floor), 0), 1), 4)
    END AS score
    FROM valued
),
products AS (
    SELECT *, (weight * 100)::bigint * (score * 10000)::bigint AS product,
        sum((weight * 100)::bigint) FILTER (WHERE score IS NOT NULL) OVER (PARTITION BY key) AS weights
    FROM scored
),
cut AS (
    SELECT *, div(product, weights) AS units, mod(product, weights) AS remainder,
        div(2 * sum(product) OVER (PARTITION BY key) + weights, 2 * weights) AS total_units
    FROM products
),
missing AS (
    SELECT *,
        total_units - sum(units) OVER (PARTITION BY key) AS missing_units,
        row_number() OVER (PARTITION BY key ORDER BY remainder DESC NULLS LAST, position) AS turn
    FROM cut
),
steps AS (
    SELECT key, metric, inputs, weight, value, score, position,
        CASE WHEN score IS NULL THEN 0 ELSE (units + (turn <= missing_units)::int) / 10000.0 END AS points,
        total_units / 10000.0 AS total,
        COALESCE(trunc(100.0 * weights / sum((weight * 100)::bigint) OVER (PARTITION BY key), 2), 0) AS coverage
    FROM missing
)
"""  # noqa: S608 - constants of this app joined; values are bound
"""Adds `steps(key, metric, inputs, weight, value, score, position, points, total, coverage)`.

`total` is the score of the key, `coverage` the share of its weight that was measured, in per cent, cut to 2 digits.
"""

GRADES = """
grades AS (
    SELECT name, least, lead(least) OVER (ORDER BY least) AS below
    FROM (
        SELECT entry->>0 AS name, (entry->>1)::numeric AS least
        FROM evaluation_scorecard AS card, jsonb_array_elements(card.grades) AS entry
        WHERE card.id = %(scorecard)s
    ) AS thresholds
)
"""
"""Adds `grades(name, least, below)`: a score from `least` on and under `below` has this grade."""
