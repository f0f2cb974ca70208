"""What placed orders weigh, and on how many pallets they go: of what is ordered and not cancelled, as it is packed today."""

from collections.abc import Collection, Iterable

from django.db.models import F

from catalogue.rules.loads import Load, load_of
from catalogue.selectors import packaging_of, read_load
from orders.ordering.models import OrderLine


def load_of_lines(lines: Iterable[OrderLine]) -> Load:
    """The load of the lines of one order. One query."""
    return read_load((line.product_id, line.ordered - line.cancelled) for line in lines)


def loads_of_orders(order_ids: Collection[int]) -> dict[int, Load]:
    """The load of each order; of one without lines an empty one. Two queries."""
    lines: dict[int, list[tuple[int, int]]] = {pk: [] for pk in order_ids}
    rows = OrderLine.objects.filter(order_id__in=order_ids).values_list(
        "order_id", "product_id", F("ordered") - F("cancelled")
    )
    for order_id, product_id, pieces in rows:
        lines[order_id].append((product_id, pieces))
    packaging = packaging_of({product_id for bought in lines.values() for product_id, _pieces in bought})
    return {order_id: load_of(bought, packaging) for order_id, bought in lines.items()}
