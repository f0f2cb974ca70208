from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from company.selectors import period_id_on
from core.actors import Actor
from core.errors import Conflict, Problem
from core.permissions import require
from inventory.services.stock import reserve, reserved_pieces, set_expiry
from orders.ordering.enums import ORDER, OrderAction, OrderEvent
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.holds import close_holds, needs_reason
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.rules import require_rules
from orders.ordering.services.sales import count_sales
from orders.permissions import can_decide


@transaction.atomic
def approve_order(*, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Order:
    """Approve a waiting order: its stock is reserved for good, its sales count from now on, its holds are lifted.

    Stock whose reservation expired is reserved again. Raises NotVisible, NotAllowed, StaleVersion, and Conflict where
    the state does not allow it, a hold is lifted with a reason only, a rule of placing does not hold any more, or the
    stock has gone meanwhile.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.APPROVE)
    lines = list(OrderLine.objects.filter(order_id=order.pk).select_related("product").order_by("product_id"))
    if needs_reason(order):
        raise Conflict(_("Release the order first, with a reason: it is on hold."), code="on_hold")
    require_rules(order, lines, now=now, with_price=True)
    order.approved_at = now
    order.sales_period_id = period_id_on(order.ordered_on)
    save_order(order, "status", "approved_at", "sales_period")
    close_holds(order, actor=actor, now=now)
    count_sales(order, sign=1)
    record_order_event(order, OrderEvent.APPROVED, actor=actor, now=now, before=before)
    reserve_for_good(order, lines)
    return order


def reserve_for_good(order: Order, lines: Sequence[OrderLine]) -> None:
    """Hold what the order still needs, without an end. Before: the order is locked.

    Raises Conflict with a problem a product that is short; then nothing was changed.
    """
    held = reserved_pieces(source_type=ORDER, source_id=order.pk)
    missing = [
        (line, line.outstanding - held.get(line.pk, 0)) for line in lines if line.outstanding > held.get(line.pk, 0)
    ]
    if missing:
        if order.warehouse_id is None:
            raise Conflict(_("No warehouse supplies this order."), code="no_route")
        short = reserve(
            warehouse_id=order.warehouse_id,
            source_type=ORDER,
            source_id=order.pk,
            source_line_ids=[line.pk for line, _quantity in missing],
            product_ids=[line.product_id for line, _quantity in missing],
            quantities=[quantity for _line, quantity in missing],
            expires_at=None,
        )
        codes = {line.product_id: line.product.code for line, _quantity in missing}
        if short:
            raise Conflict(
                problems=[
                    Problem(
                        message=_("%(code)s: only %(available)d of %(wanted)d are available.")
                        % {"code": codes[row.product_id], "available": max(row.available, 0), "wanted": row.wanted},
                        code="short_stock",
                    )
                    for row in short
                ]
            )
    set_expiry(source_type=ORDER, source_id=order.pk, expires_at=None)
