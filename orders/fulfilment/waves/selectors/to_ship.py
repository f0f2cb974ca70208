"""The orders of a warehouse that are to be shipped: approved or begun, not on hold, not in an open wave."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from core.actors import Actor
from inventory.models import Reservation
from orders.fulfilment.waves.models import WaveLine
from orders.ordering.enums import ORDER, OrderStatus
from orders.ordering.models import Order, OrderLine

TO_SHIP = frozenset({OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.PARTLY_SHIPPED})


def to_ship(orders: QuerySet[Order], warehouse_id: int | None = None) -> QuerySet[Order]:
    """Those of `orders` of which something is reserved and in no open wave; with a warehouse: of what lies there."""
    lines = OrderLine.objects.filter(order=OuterRef("pk"))
    reserved = Reservation.objects.filter(
        source_type=ORDER, source_id=OuterRef("order_id"), source_line_id=OuterRef("pk"), quantity__gt=0
    )
    if warehouse_id is not None:
        lines = lines.annotate(leaves=Coalesce("warehouse_id", "order__warehouse_id")).filter(leaves=warehouse_id)
        reserved = reserved.filter(warehouse=warehouse_id)
    waving = WaveLine.objects.filter(order_line=OuterRef("pk"), is_open=True)
    return orders.filter(
        Q(Exists(lines.filter(Exists(reserved), ~Exists(waving)))), status__in=TO_SHIP, is_on_hold=False
    )


def orders_to_ship(actor: Actor, warehouse_id: int | None = None) -> QuerySet[Order]:
    """What the actor's company sells and has still to ship: of a distributor its own sales, else the company's."""
    own = Order.objects.visible_to(actor).filter(seller_distributor=actor.distributor_id)
    return to_ship(own, warehouse_id)
