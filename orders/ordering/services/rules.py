"""The rules that made placing legal, asked again at every later step that makes something of an order."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import ORDERING_STATUSES, DistributorStatus
from catalogue.enums import ProductStatus
from catalogue.selectors import not_authorised
from core.errors import Conflict, Problem
from orders.ordering.enums import OrderSource
from orders.ordering.models import Order, OrderLine
from orders.ordering.selectors.consignees import with_lost_consignee
from orders.ordering.services.quote import LineInput, PricedLine, read_quote
from responsibility.services.merging import merged_text


def require_rules(order: Order, lines: Sequence[OrderLine], *, now: datetime, with_price: bool = False) -> None:
    """Refuse a step with `lines` of a locked order where a rule of placing does not hold any more.

    Asked are the distributor's status, the warehouse, the consignee of a drop shipment, of each product whether it is on
    sale and the distributor may buy it, and `with_price` whether a price list still has a price for it: what was agreed
    stays the price. Of an import nobody asked for right and price, so they are not asked again. Raises Conflict with a
    problem a rule. Two statements, one more of a drop shipment.
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
    lost = with_lost_consignee([order], on=timezone.localdate(now))
    problems = [*_of_order(order, quote.distributor_status, lost)]
    for line in quote.lines:
        problems.extend(_of_line(line, with_right=not imported, with_price=with_price and not imported))
    if problems:
        raise Conflict(problems=problems)


def broken_rules(orders: Sequence[Order], lines: Sequence[OrderLine], *, now: datetime) -> dict[int, list[Problem]]:
    """What `require_rules` would refuse of each of these orders, without a price, by order.

    One statement, two with drop shipments. Before: the orders are locked and have their distributors and warehouses,
    the lines their products.
    """
    by_id = {order.pk: order for order in orders}
    lost = with_lost_consignee(orders, on=timezone.localdate(now))
    problems = {order.pk: [*_of_order(order, order.distributor.status, lost)] for order in orders}
    pairs = {(by_id[line.order_id].distributor_id, line.product_id) for line in lines}
    without_right = not_authorised(pairs, day=timezone.localdate(now))
    number: dict[int, int] = {}
    for line in lines:
        nth = number[line.order_id] = number.get(line.order_id, -1) + 1
        imported = by_id[line.order_id].source == OrderSource.IMPORT
        problems[line.order_id].extend(
            _of_product(
                f"lines.{nth}.product",
                code=line.product.code,
                status=line.product.status,
                may_buy=imported or (by_id[line.order_id].distributor_id, line.product_id) not in without_right,
            )
        )
    return {order: found for order, found in problems.items() if found}


def _of_order(order: Order, distributor_status: str, lost: Collection[int]) -> Iterator[Problem]:
    if distributor_status not in ORDERING_STATUSES:
        status = DistributorStatus(distributor_status).label
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
    if order.pk in lost and order.consignee is not None:
        message = _(
            "%(consignee)s does not get goods for %(distributor)s any more. Have that corrected, or cancel the order."
        )
        names = {"consignee": order.consignee.display_name, "distributor": order.distributor.display_name}
        yield Problem(message=message % names, code="consignee_lost", field="consignee")


def _of_line(line: PricedLine, *, with_right: bool, with_price: bool) -> Iterator[Problem]:
    field = f"lines.{line.line}.product"
    refused = [*_of_product(field, code=line.code, status=line.status, may_buy=line.may_buy or not with_right)]
    yield from refused
    if not refused and with_price and line.price is None and line.free is None:
        message = _("No price list has a price for %(code)s any more.") % {"code": line.code}
        yield Problem(message=message, code="no_price", field=field)


def _of_product(field: str, *, code: str, status: str, may_buy: bool) -> Iterator[Problem]:
    if status != ProductStatus.ACTIVE:
        message = _("%(code)s is not on sale any more.") % {"code": code}
        yield Problem(message=message, code="off_sale", field=field)
    elif not may_buy:
        message = _("The distributor is not authorised to buy %(code)s any more.") % {"code": code}
        yield Problem(message=message, code="not_authorised", field=field)
