"""Whose stock goods leave when they are returned, and enter when they are sent back: that of who received them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from inventory.services.channel_returns import lock_default_warehouses
from orders.ordering.selectors.consignees import goods_receivers

T = TypeVar("T")


def by_receiver(goods: Sequence[T], line_of: Callable[[T], int]) -> list[tuple[int, list[T]]]:
    """Goods by the distributor that received their order line; what an outlet got is in nobody's stock and left out.

    Before: inside the transaction that moves them. One query; where there are several distributors their warehouses are
    locked by another.
    """
    receivers = goods_receivers({line_of(one) for one in goods})
    found: dict[int, list[T]] = defaultdict(list)
    for one in goods:
        receiver = receivers[line_of(one)]
        if receiver is not None:
            found[receiver].append(one)
    if len(found) > 1:
        lock_default_warehouses(found)
    return sorted(found.items())
