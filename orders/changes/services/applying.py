"""What an accepted request makes of its order."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from core.errors import Conflict, Problem
from orders.changes.models import ChangeRequestLine
from orders.fulfilment.services.cancelling import go_on
from orders.ordering.enums import OrderAction, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.credit import ask_credit, keep_while_on_hold
from orders.ordering.services.gift_changes import with_gifts
from orders.ordering.services.line_amounts import AMOUNTS, add_up, give_up, lines_with_adjustments
from orders.ordering.services.locking import save_order
from orders.ordering.services.placing_sql import ADD_LINES, ADJUST_FREE
from orders.ordering.services.promised import first_promise
from orders.ordering.services.quote import LineInput, Quote, line_parameters, read_quote
from orders.ordering.services.reserving import require_reserved
from orders.ordering.services.sales import count_sales
from orders.ordering.services.shortage import look_up_promises, mark_waiting


def apply_request(order: Order, rows: Sequence[ChangeRequestLine], *, now: datetime) -> None:
    """Cancel what is less, add what is more as new lines, set the days; stock and actual sales follow.

    Before: the order is locked and approved, and not all of it has left. Raises Conflict where more has left than is to
    be kept, the price or the right to buy is gone, or stock is short.
    """
    lines = lines_with_adjustments(order)
    stored = {line.pk: line for line in lines}
    _require_left(rows, {pk: line.shipped for pk, line in stored.items()})
    count_sales(order, sign=-1)
    kept = {row.line_id: row.quantity_after for row in rows if row.quantity_after < row.quantity_before}
    give_up(order, lines, with_gifts(lines, kept))
    _set_days(rows)
    _add_lines(order, [row for row in rows if row.quantity_after > row.quantity_before], now=now)
    _finish(order)
    fields = ["status", "total_amount", "line_count", "unit_count", *AMOUNTS]
    save_order(order, *fields, "promised_on", "delivered_at", "received_at", "lateness")
    count_sales(order, sign=1)
    ask_credit(order, now=now)
    fresh = OrderLine.objects.filter(order=order).select_related("product").order_by("product_id", "pk")
    require_reserved(order, list(fresh))
    keep_while_on_hold(order, now=now)


def _require_left(rows: Sequence[ChangeRequestLine], shipped: dict[int, int]) -> None:
    problems = [
        Problem(
            message=_("%(code)s: %(shipped)d have left already.")
            % {"code": row.line.product.code, "shipped": shipped[row.line_id]},
            code="shipped_meanwhile",
        )
        for row in rows
        if row.quantity_after < shipped[row.line_id]
    ]
    if problems:
        raise Conflict(problems=problems)


def _set_days(rows: Sequence[ChangeRequestLine]) -> None:
    dated = [row for row in rows if row.wanted_after != row.wanted_before]
    for row in dated:
        row.line.wanted_on = row.wanted_after
    OrderLine.objects.bulk_update([row.line for row in dated], ["wanted_on"])


def quote_of_more(order: Order, rows: Sequence[ChangeRequestLine], *, now: datetime) -> Quote:
    """What is more, at today's price of that quantity."""
    return read_quote(
        distributor_id=order.distributor_id,
        lines=[_more(row, place) for place, row in enumerate(rows)],
        purchase_order_number="",
        order_id=order.pk,
        delivery_address_id=order.delivery_address_id,
        consignee_distributor_id=order.consignee_distributor_id,
        consignee_outlet_id=order.consignee_outlet_id,
        type_id=order.type_id,
        moment=now,
        wanted_on=order.wanted_on,
    )


def _add_lines(order: Order, rows: Sequence[ChangeRequestLine], *, now: datetime) -> None:
    """What is more as new lines, under the order's own day and rate."""
    if not rows:
        return
    quote = quote_of_more(order, rows, now=now)
    look_up_promises(quote, mark_waiting(quote), now=now)
    for row, priced in zip(rows, quote.lines, strict=True):
        if (priced.price is None and priced.free is None) or not priced.may_buy:
            message = _("%(code)s cannot be ordered any more.") % {"code": row.line.product.code}
            raise Conflict(message, code="not_orderable")
    last = OrderLine.objects.filter(order=order).aggregate(last=Max("position"))["last"] or 0
    positions = list(range(last + 1, last + 1 + len(rows)))
    with connection.cursor() as cursor:
        cursor.execute(ADD_LINES, {"order": order.pk, **line_parameters(quote.lines), "positions": positions})
        if quote.discount_amount:
            cursor.execute(ADJUST_FREE, {"order": order.pk})
    order.line_count += len(rows)
    order.unit_count += quote.unit_count
    order.promised_on = first_promise(order)
    add_up(order)


def _more(row: ChangeRequestLine, place: int) -> LineInput:
    """In the unit of the line where that comes out even, else by the piece."""
    line, pieces = row.line, row.quantity_after - row.quantity_before
    if line.pieces_per_unit > 1 and pieces % line.pieces_per_unit == 0:
        units = pieces // line.pieces_per_unit
        return LineInput(
            line.product_id, units, row.wanted_after, position=place, unit=line.unit, when_short=line.when_short
        )
    return LineInput(line.product_id, pieces, row.wanted_after, position=place, when_short=line.when_short)


def _finish(order: Order) -> None:
    """Where nothing is left to ship, the order has left as a whole."""
    if order.status != OrderStatus.PARTLY_SHIPPED:
        return
    lines = OrderLine.objects.filter(order=order)
    if not any(line.outstanding for line in lines):
        ORDER_STATES.advance(order, OrderAction.CANCEL_REST)
        go_on(order)
