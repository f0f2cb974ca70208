"""Stock for the open lines of many orders at once, as an import or the demo brings them."""

from inventory.services.write_stock import reserve_stock
from orders.ordering.enums import ORDER, OrderStatus

_HOLDING = ", ".join(
    f"'{status}'"
    for status in (
        OrderStatus.SUBMITTED,
        OrderStatus.APPROVED,
        OrderStatus.PICKING,
        OrderStatus.PARTLY_SHIPPED,
    )
)


def reserve_open_lines(*, orders: str) -> int:
    """Hold what the orders of a query still need, the oldest first, as far as it is free; returns how many lines changed.

    Before: inside a transaction; quantities and states of the orders are final. Where something is not free for a line,
    it and those after it get nothing: whoever approves or ships such an order learns it. What an order holds and needs no
    more is given free.
    """
    return reserve_stock(
        source=f"""(
        SELECT COALESCE(line.warehouse_id, placed.warehouse_id) AS warehouse_id, line.product_id,
               '{ORDER}' AS source_type, placed.id AS source_id, line.id AS source_line_id,
               CASE WHEN placed.status IN ({_HOLDING}) AND placed.warehouse_id IS NOT NULL
                   THEN line.ordered - line.cancelled - line.shipped ELSE 0 END AS quantity,
               row_number() OVER (ORDER BY placed.ordered_at, placed.id, line.position) AS turn
        FROM orders_order AS placed
        JOIN orders_orderline AS line ON line.order_id = placed.id
        WHERE placed.id IN ({orders})
          AND (placed.status IN ({_HOLDING}) OR placed.id IN (
              SELECT source_id FROM inventory_reservation WHERE source_type = '{ORDER}' AND quantity > 0
          ))
        )"""
    )
