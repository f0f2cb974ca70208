"""Orders in the search box of every page."""

from typing import Any

from core.ui.search import SearchHit
from orders.ordering.models import Order
from orders.ordering.querysets import number_begins


def find_orders(user: Any, text: str, limit: int) -> list[SearchHit]:
    """By the start of the number or of the distributor's own one, the newest first."""
    found = Order.objects.visible_to(user).filter(number_begins(text)).select_related("distributor")
    return [
        SearchHit(
            title=order.title,
            subtitle=f"{order.distributor.display_name}, {order.get_status_display()}",
            url=order.get_absolute_url(),
        )
        for order in found.order_by("-number")[:limit]
    ]
