from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from core.money import round_money
from core.permissions import require
from inventory.services.stock import release
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment
from orders.fulfilment.services.delivering import lateness_at_end
from orders.ordering.enums import ORDER, AdjustmentKind, OrderAction, OrderEvent
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.sales import count_sales
from orders.permissions import can_decide

_AMOUNTS = (
    "gross_amount", "discount_amount", "rounding_amount", "net_amount", "tax_amount", "cost_amount_company",
)  # fmt: skip


@transaction.atomic
def cancel_rest(
    *, order_id: int, actor: Actor, now: datetime, reason: str, expected_version: int | None = None
) -> Order:
    """Cancel what has not left of an order shipped in part; what has left is the whole order from now on.

    Its stock is free again, its amounts (in the order's currency) and the sales counted are those of the pieces that
    left. The order is shipped, or delivered or received where all its shipments are. Records one event. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict, and InvalidInput without a reason.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.CANCEL_REST)
    if not reason.strip():
        raise InvalidInput(_("Enter a reason for cancelling the rest."), code="required", field="reason")
    count_sales(order, sign=-1)
    units = _give_up(order)
    _go_on(order)
    order.cancel_reason = reason.strip()
    save_order(order, "status", "cancel_reason", "delivered_at", "received_at", "lateness", "total_amount", *_AMOUNTS)
    count_sales(order, sign=1)
    record_order_event(
        order, OrderEvent.REST_CANCELLED, actor=actor, now=now, before=before, units=units, reason=order.cancel_reason
    )
    release(source_type=ORDER, source_id=order.pk)
    return order


def _give_up(order: Order) -> int:
    """Cancel the open pieces of every line, with their part of the amounts; returns how many pieces."""
    rows = OrderLine.objects.select_for_update().filter(order=order).prefetch_related("adjustments").order_by("pk")
    lines = [line for line in rows if line.outstanding > 0]
    units: int = sum(line.outstanding for line in lines)
    for line in lines:
        share = Decimal(line.shipped) / line.ordered
        discount, rounding = _shrink_adjustments(line, share, order.currency)
        line.cancelled += line.outstanding
        line.gross_amount = round_money(line.unit_price * line.shipped, currency=order.currency)
        line.discount_amount, line.rounding_amount = discount, rounding
        line.net_amount = line.gross_amount - discount + rounding
        line.tax_amount = round_money(line.tax_amount * share, currency=order.currency)
        line.cost_amount_company = round_money(line.cost_amount_company * share, currency=order.company.currency)
    OrderLine.objects.bulk_update(lines, ["cancelled", *_AMOUNTS])
    totals = OrderLine.objects.filter(order=order).aggregate(**{name: Sum(name) for name in _AMOUNTS})
    for name, total in totals.items():
        setattr(order, name, total)
    order.total_amount = order.net_amount + order.tax_amount
    return units


def _shrink_adjustments(line: OrderLine, share: Decimal, currency: str) -> tuple[Decimal, Decimal]:
    """Leave each adjustment of a line its share, rounded; one of nothing goes. Returns the discount and the rounding."""
    discount = rounding = Decimal(0)
    for adjustment in line.adjustments.all():
        adjustment.amount = round_money(adjustment.amount * share, currency=currency)
        if adjustment.kind == AdjustmentKind.ROUNDING:
            rounding += adjustment.amount
        else:
            discount -= adjustment.amount
        if adjustment.amount:
            adjustment.save(update_fields=["amount"])
        else:
            adjustment.delete()
    return discount, rounding


def _go_on(order: Order) -> None:
    """Where all that left has arrived already, no later event will say so."""
    shipments = list(Shipment.objects.filter(order=order))
    if any(shipment.status == ShipmentStatus.SHIPPED for shipment in shipments):
        return
    ORDER_STATES.advance(order, OrderAction.DELIVER)
    order.delivered_at = max(shipment.delivered_at for shipment in shipments if shipment.delivered_at)
    order.lateness = lateness_at_end(order, order.delivered_at)
    if all(shipment.status == ShipmentStatus.RECEIVED for shipment in shipments):
        ORDER_STATES.advance(order, OrderAction.RECEIVE)
        order.received_at = max(shipment.received_at for shipment in shipments if shipment.received_at)
