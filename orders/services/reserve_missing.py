"""Stock for an order whose reservation has lapsed."""

from django.utils.translation import gettext as _

from core.errors import Conflict, Problem
from inventory.services.stock import held_pieces, reserve, set_expiry
from orders.models import Order, OrderLine


def reserve_for_good(order: Order) -> None:
    """Hold what the order still needs, without an end. Before: the order is locked.

    Raises Conflict with a problem a product that is short; then nothing was changed.
    """
    held = held_pieces(claim=order.pk)
    missing = [
        (line, line.outstanding - held.get(line.pk, 0))
        for line in OrderLine.objects.filter(order_id=order.pk).select_related("product").order_by("product_id")
        if line.outstanding > held.get(line.pk, 0)
    ]
    if missing:
        if order.warehouse_id is None:
            raise Conflict(_("No warehouse supplies this order."), code="no_route")
        short = reserve(
            warehouse_id=order.warehouse_id,
            claim=order.pk,
            claim_line_ids=[line.pk for line, _quantity in missing],
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
    set_expiry(claim=order.pk, expires_at=None)
