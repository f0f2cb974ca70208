"""The rules that made placing legal, asked again at every later step that makes something of an order."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.enums import ORDERING_STATUSES, DistributorStatus
from catalogue.enums import ProductStatus
from core.errors import Conflict, Problem
from orders.ordering.enums import OrderSource
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.quote import LineInput, PricedLine, Quote, read_quote
from responsibility.services.merging import merged_text


def require_rules(order: Order, lines: Sequence[OrderLine], *, now: datetime, with_price: bool = False) -> None:
    """Refuse a step with `lines` of a locked order where a rule of placing does not hold any more.

    Asked are the distributor's status, the warehouse, of each product whether it is on sale and the distributor may buy
    it, and `with_price` whether a price list still has a price for it: what was agreed stays the price. Of an import
    nobody asked for right and price, so they are not asked again. Raises Conflict with a problem a rule. Two statements.
    """
    quote = read_quote(
        distributor_id=order.distributor_id,
        lines=[
            LineInput(
                line.product_id,
                line.units,
                position=n,
                unit=line.unit if line.pieces_per_unit > 1 else "",
                gift_with=line.gift_of_id,
            )
            for n, line in enumerate(lines)
        ],
        moment=now,
        purchase_order_number="",
        order_id=order.pk,
        type_id=order.type_id,
    )
    imported = order.source == OrderSource.IMPORT
    problems = [*_of_order(order, quote)]
    for line in quote.lines:
        problems.extend(_of_line(line, with_right=not imported, with_price=with_price and not imported))
    if problems:
        raise Conflict(problems=problems)


def _of_order(order: Order, quote: Quote) -> Iterator[Problem]:
    if quote.distributor_status not in ORDERING_STATUSES:
        status = DistributorStatus(quote.distributor_status).label
        message = _("%(distributor)s may not order at present (%(status)s): its orders stay as they are.") % {
            "distributor": order.distributor.display_name,
            "status": status,
        }
        yield Problem(
            message=merged_text(order.distributor) or message, code="distributor_suspended", field="distributor"
        )
    if order.warehouse is not None and not order.warehouse.is_active:
        message = _("%(warehouse)s is not in use any more.") % {"warehouse": order.warehouse.display_name}
        yield Problem(message=message, code="warehouse_inactive", field="warehouse")


def _of_line(line: PricedLine, *, with_right: bool, with_price: bool) -> Iterator[Problem]:
    field, named = f"lines.{line.line}.product", {"code": line.code}
    if line.status != ProductStatus.ACTIVE:
        yield Problem(message=_("%(code)s is not on sale any more.") % named, code="off_sale", field=field)
    elif with_right and not line.may_buy:
        message = _("The distributor is not authorised to buy %(code)s any more.") % named
        yield Problem(message=message, code="not_authorised", field=field)
    elif with_price and line.price is None and line.free is None:
        message = _("No price list has a price for %(code)s any more.") % named
        yield Problem(message=message, code="no_price", field=field)
