"""Orders in the search box of every page."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.sentences import listed
from core.ui.numbers import day
from core.ui.search import SearchHit
from orders.fulfilment.models import ShipmentSerial
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


def find_serials(user: Any, text: str, limit: int) -> list[SearchHit]:
    """Pieces that were shipped, by their whole serial number in any spelling: the order is where they went."""
    found = ShipmentSerial.objects.visible_to(user).with_numbers([text])
    rows = found.select_related("product", "shipment_line__shipment__order__distributor")
    hits = []
    for row in rows.order_by("-pk")[:limit]:
        shipment = row.shipment_line.shipment
        came_back = (
            _("came back on %(day)s") % {"day": day(timezone.localdate(row.returned_at))} if row.returned_at else ""
        )
        named = [row.product.display_name, shipment.order.distributor.display_name, shipment.number, came_back]
        hits.append(
            SearchHit(title=row.serial, subtitle=listed(filter(None, named)), url=shipment.order.get_absolute_url())
        )
    return hits
