"""Drop shipments of the demo company: one that a sub-distributor has still to receive, one that an outlet has signed for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Distributor, User
from demo.company import Company
from demo.delivery_work import sign_for
from inventory.models import Stock
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import Order, OrderLine, Shipment
from orders.ordering.errors import OrderRefused
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import lift_holds
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from outlets.enums import OutletStatus
from outlets.models import OutletLink

_MOST_TRIED: Final = 40
_LEAST: Final = 12


def build_drop_shipments(company: Company) -> None:
    """Each where there is a sub-distributor or an outlet, and goods for it."""
    director = User.objects.with_roles([Role.DIRECTOR]).order_by("pk")[0]
    keeper = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    now = timezone.now()
    below = Distributor.objects.ordering().filter(parent__isnull=False).select_related("parent").order_by("pk").first()
    if below is not None and below.parent is not None:
        shipment = _sent(below.parent, director, keeper, now - timedelta(days=2), consignee_distributor_id=below.pk)
        if shipment is not None:
            deliver_shipment(shipment_id=shipment.pk, actor=keeper, now=now - timedelta(hours=3))
    link = OutletLink.objects.on(company.today).filter(outlet__status=OutletStatus.OPEN).order_by("pk").first()
    if link is not None:
        shipment = _sent(
            link.distributor, director, keeper, now - timedelta(days=1), consignee_outlet_id=link.outlet_id
        )
        if shipment is not None:
            sign_for(shipment, keeper, now)


def _sent(buyer: Distributor, director: User, keeper: User, at: datetime, **consignee: Any) -> Shipment | None:
    for line in _offered(buyer):
        try:
            placed = place_order(distributor_id=buyer.pk, actor=director, lines=[line], now=at, **consignee)
        except OrderRefused:
            continue
        order = Order.objects.get(pk=placed.id)
        if order.is_on_hold:
            lift_holds(order_id=order.pk, actor=director, now=at, reason="直发门店,已核实收货地址。")
        approve_order(order_id=order.pk, actor=director, now=at)
        return ship_order(order_id=order.pk, actor=keeper, now=at)
    return None


def _offered(buyer: Distributor) -> Iterator[LineInput]:
    """What the distributor has bought before and lies in enough pieces in the warehouse."""
    bought = OrderLine.objects.filter(order__distributor=buyer, product__status="active", gift_of=None)
    for line in bought.select_related("product").order_by("-pk")[:_MOST_TRIED]:
        step = max(line.product.order_multiple, line.product.minimum_quantity, 1)
        quantity = -(-_LEAST // step) * step
        stock = Stock.objects.filter(warehouse=line.warehouse_id, product=line.product_id).first()
        if stock is not None and stock.available >= quantity:
            yield LineInput(product=line.product_id, quantity=quantity)
