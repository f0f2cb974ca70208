"""Ordering again what was ordered before."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.errors import NotVisible
from core.rules import require
from orders.models import Order, OrderLine
from orders.rules import can_copy
from orders.services.save_draft import save_draft


@transaction.atomic
def copy_order(*, order_id: int, actor: User, now: datetime) -> Order:
    """Make a draft with the products and quantities of an order, at today's prices. Raises NotVisible, NotAllowed."""
    order = Order.objects.visible_to(actor).filter(pk=order_id).first()
    if order is None:
        raise NotVisible
    require(can_copy(actor, order))
    lines = OrderLine.objects.filter(order=order).order_by("position").values_list("product_id", "ordered")
    return save_draft(distributor_id=order.distributor_id, actor=actor, lines=list(lines), now=now)
