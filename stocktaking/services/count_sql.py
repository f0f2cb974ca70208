"""The statements of stock counts. Each is one, whatever the number of rows."""

LIST_PRODUCTS = """
INSERT INTO stocktaking_stockcountline (
    count_id, open_warehouse_id, product_id, is_listed, needs_recount, entries, reason, unit_cost
)
SELECT %(count)s, %(warehouse)s, given.product_id, TRUE, FALSE, 0, '', 0
FROM unnest(%(products)s::bigint[]) WITH ORDINALITY AS given (product_id, nth) ORDER BY given.nth
"""

RECORD = """
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(
        %(products)s::bigint[], %(counted)s::bigint[], %(expected)s::bigint[], %(moments)s::timestamptz[], %(reasons)s::text[]
    ) WITH ORDINALITY AS given (product_id, counted, expected, at, reason, nth)
)
INSERT INTO stocktaking_stockcountline AS line (
    count_id, open_warehouse_id, product_id, is_listed, needs_recount, entries, counted, expected, counted_at,
    counted_by_id, reason, unit_cost
)
SELECT %(count)s, %(warehouse)s, product_id, FALSE, FALSE, 1, counted, expected, at, %(actor)s, reason, 0
FROM given ORDER BY nth
ON CONFLICT (count_id, product_id) DO UPDATE SET
    first_counted = CASE WHEN %(again)s AND line.first_counted IS NULL THEN line.counted ELSE line.first_counted END,
    first_expected = CASE WHEN %(again)s AND line.first_counted IS NULL THEN line.expected ELSE line.first_expected END,
    first_counted_by_id =
        CASE WHEN %(again)s AND line.first_counted IS NULL THEN line.counted_by_id ELSE line.first_counted_by_id END,
    counted = excluded.counted, expected = excluded.expected, counted_at = excluded.counted_at,
    counted_by_id = excluded.counted_by_id, entries = line.entries + 1,
    reason = CASE WHEN excluded.reason = '' THEN line.reason ELSE excluded.reason END
"""
"""What was counted of products; one that was not on the list is added. With `again` the first count is kept."""
