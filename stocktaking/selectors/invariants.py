"""The promises about counts and scrap, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="stocktaking.posted_differences_are_moves",
        statement=_("What a posted count found differently is what its stock movements posted, product by product."),
        find=violations_of("""
            SELECT COALESCE(found.count_id, moved.count_id) AS count_id,
                   COALESCE(found.product_id, moved.product_id) AS product_id,
                   COALESCE(found.quantity, 0) AS difference, COALESCE(moved.quantity, 0) AS moved
            FROM (
                SELECT line.count_id, line.product_id, line.counted - line.expected AS quantity
                FROM stocktaking_stockcountline AS line
                JOIN stocktaking_stockcount AS taken ON taken.id = line.count_id AND taken.status = 'posted'
                WHERE line.counted IS NOT NULL
            ) AS found
            FULL JOIN (
                SELECT taken.id AS count_id, move.product_id, SUM(move.quantity) AS quantity
                FROM stocktaking_stockcount AS taken
                JOIN inventory_stockmove AS move
                    ON move.reference = taken.number AND move.warehouse_id = taken.warehouse_id AND move.kind = 'count'
                GROUP BY taken.id, move.product_id
            ) AS moved ON moved.count_id = found.count_id AND moved.product_id = found.product_id
            WHERE COALESCE(found.quantity, 0) <> COALESCE(moved.quantity, 0)
        """),
    ),
    Invariant(
        name="stocktaking.open_rows_of_open_counts",
        statement=_("The rows of an open count, and no others, hold their products in its warehouse."),
        find=violations_of("""
            SELECT line.id, taken.status, line.open_warehouse_id
            FROM stocktaking_stockcountline AS line
            JOIN stocktaking_stockcount AS taken ON taken.id = line.count_id
            WHERE line.open_warehouse_id IS DISTINCT FROM
                  CASE WHEN taken.status IN ('posted', 'cancelled') THEN NULL ELSE taken.warehouse_id END
        """),
    ),
    Invariant(
        name="stocktaking.scrapped_is_moved",
        statement=_("What a posted scrap takes out of stock, or one that undoes it brings back, is what moved."),
        find=violations_of("""
            SELECT COALESCE(said.scrap_id, moved.scrap_id) AS scrap_id, COALESCE(said.quantity, 0) AS pieces,
                   COALESCE(moved.quantity, 0) AS moved
            FROM (
                SELECT paper.id AS scrap_id,
                       SUM(CASE WHEN paper.reverses_id IS NULL THEN -line.pieces ELSE line.pieces END) AS quantity
                FROM stocktaking_scrap AS paper JOIN stocktaking_scrapline AS line ON line.scrap_id = paper.id
                WHERE paper.status IN ('posted', 'reversed') GROUP BY paper.id
            ) AS said
            FULL JOIN (
                SELECT paper.id AS scrap_id, SUM(move.quantity) AS quantity
                FROM stocktaking_scrap AS paper
                JOIN inventory_stockmove AS move
                    ON move.reference = paper.number AND move.warehouse_id = paper.warehouse_id AND move.kind = 'scrap'
                GROUP BY paper.id
            ) AS moved ON moved.scrap_id = said.scrap_id
            WHERE COALESCE(said.quantity, 0) <> COALESCE(moved.quantity, 0)
        """),
    ),
)
