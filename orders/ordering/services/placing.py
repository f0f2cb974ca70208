"""Placing an order: everything checked, priced, promised, written and reserved, or nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.models import Distributor
from company.enums import DocumentKind
from company.errors import NoNumberSeries
from company.services.number_series import next_number
from core.actors import Actor
from core.errors import Problem
from core.events import request_id
from core.permissions import require
from core.prepared_statements import PreparedStatement, named_rows
from inventory.services.stock import Shortfall
from orders.ordering.enums import ORDER, OrderAction, OrderEvent, OrderSource
from orders.ordering.errors import OrderRefused
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.agreement import require_agreed
from orders.ordering.services.checking import check_order, short_stock
from orders.ordering.services.credit import hold_placed
from orders.ordering.services.limits import RESERVATION_LIFE, hold_above_limit
from orders.ordering.services.locking import lock_order
from orders.ordering.services.placing_sql import DROP_LINES, PLACE_DRAFT, PLACE_NEW, PLACE_USUAL, TIE_GIFTS
from orders.ordering.services.quote import LineInput, PricedLine, Quote, QuotedOrder, line_parameters
from orders.ordering.services.waiting import correct_promises, reserve_or_wait, written_lines
from orders.permissions import can_submit

_UNIQUE_PURCHASE_ORDER = "order_purchase_order_number_once"


@dataclass(frozen=True, kw_only=True)
class PlacedLine:
    """A line as it was placed: `units` of `unit` at `unit_price`, `quantity` pieces. Amounts are in the order's currency.

    `waiting` pieces are on back order; `promised_on` is when all of it is there, None where nobody knows.
    """

    id: int
    position: int
    product_id: int
    code: str
    name: str
    unit: str
    units: int
    quantity: int
    unit_price: Decimal
    net_amount: Decimal
    promised_on: date | None
    waiting: int


@dataclass(frozen=True, kw_only=True)
class PlacedOrder:
    """What came of placing: enough to answer without reading anything again.

    Where the basket became several orders, this is the first, `others` are the rest, and all have one `group_number`.
    """

    id: int
    number: str
    version: int
    distributor_id: int
    currency: str
    net_amount: Decimal
    ordered_at: datetime
    promised_on: date | None
    purchase_order_number: str
    is_on_hold: bool
    lines: list[PlacedLine]
    warnings: list[Problem]
    group_number: str = ""
    others: tuple["PlacedOrder", ...] = ()


def place_order(  # noqa: PLR0913 - all that an order is made of
    *,
    distributor_id: int,
    actor: Actor,
    lines: Sequence[LineInput],
    now: datetime,
    source: OrderSource = OrderSource.PAGE,
    purchase_order_number: str = "",
    note: str = "",
    wanted_on: date | None = None,
    order_id: int | None = None,
    expected_version: int | None = None,
    agreed_total: Decimal | None = None,
    delivery_address_id: int | None = None,
    consignee_distributor_id: int | None = None,
    consignee_outlet_id: int | None = None,
    type_id: int | None = None,
    contact_id: int | None = None,
    invoice_title_id: int | None = None,
    printed_note: str = "",
) -> PlacedOrder:
    """Place an order of `lines` (product id, code or barcode; so many of a unit), or submit the draft `order_id` with them.

    Lines of another seller or another agreement become an order of their own in the same group. Writes order, lines,
    reservations (for three days, until approved), one event and one outbox message: in two statements for most orders, in
    at most seven whatever the number of lines, and one more for each further order of the group, two for its number, one
    where there are gifts; stock is locked last, in the order of the products. What is short of a line that chose to wait
    is a back order, in a dozen statements more. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict (no draft any more, no company, no number series), OrderRefused with
    every problem found, and CostsMore where it is more than `agreed_total` or the agreed prices of lines. Amounts are in
    the distributor's currency, the cost is in the company's; number, rate of the day and addresses are those of this
    moment; a consignee (a sub-distributor or an outlet of the distributor, one of them) gets the goods, at its own address.
    An order to an address outside the territory of its agreement, above the limit of `actor`, or over the credit limit
    of its buyer is on hold from the start, with a further event; within it, its total is reserved there.
    """
    head: dict[str, Any] = {
        "order": order_id,
        "actor": actor.pk,
        "source": source.value,
        "po": purchase_order_number,
        "note": note,
        "wanted_on": wanted_on,
        "now": now,
        "kind": OrderEvent.SUBMITTED.value,
        "request": request_id(),
        "expires_at": now + RESERVATION_LIFE,
        "agreed_total": agreed_total,
        "delivery_address": delivery_address_id,
        "consignee_distributor": consignee_distributor_id,
        "consignee_outlet": consignee_outlet_id,
        "type": type_id,
        "contact": contact_id,
        "invoice_title": invoice_title_id,
        "printed_note": printed_note,
    }
    if order_id is None:
        quote = _checked(distributor_id, actor, lines, head)
        with transaction.atomic(savepoint=False):  # nothing refuses in here but stock that went this very moment
            return _place(quote, head, actor)
    with transaction.atomic():
        distributor_id = _lock_draft(order_id, actor, expected_version)
        return _place(_checked(distributor_id, actor, lines, head), head, actor)


def _checked(distributor_id: int, actor: Actor, lines: Sequence[LineInput], head: Mapping[str, Any]) -> Quote:
    quote = check_order(
        distributor_id=distributor_id,
        actor=actor,
        lines=lines,
        now=head["now"],
        purchase_order_number=head["po"],
        order_id=head["order"],
        delivery_address_id=head["delivery_address"],
        consignee_distributor_id=head["consignee_distributor"],
        consignee_outlet_id=head["consignee_outlet"],
        wanted_on=head["wanted_on"],
        type_id=head["type"],
        contact_id=head["contact"],
        invoice_title_id=head["invoice_title"],
    )
    if quote.all_problems:
        raise OrderRefused(problems=quote.all_problems)
    require_agreed(quote, agreed_total=head["agreed_total"])
    return quote


def _place(quote: Quote, head: Mapping[str, Any], actor: Actor) -> PlacedOrder:
    """Write each order, the first into the draft where there is one; then hold the stock of all at once."""
    orders = quote.orders
    group = _group_number(quote) if len(orders) > 1 else ""
    said = {**_ordered_for(quote.distributor_id, actor), **({"above_limit": True} if quote.above_limit else {})}
    place_new = PLACE_USUAL if _is_usual(quote, orders, actor) else PLACE_NEW
    written = []
    for nth, order in enumerate(orders, 1):
        values = {**head, **_values(quote, order, said), "group_number": group, "group_position": nth}
        written.append(_write(values, place_new, is_draft=head["order"] is not None and nth == 1))
    if quote.above_limit is not None:
        written = [row._replace(version=hold_above_limit(row, quote, now=head["now"])) for row in written]
    _tie_gifts(orders, written)
    written = _reserve(quote, orders, written, now=head["now"])
    hold_placed(written, now=head["now"])
    first, *others = [_placed(quote, order, row, head) for order, row in zip(orders, written, strict=True)]
    return replace(first, group_number=group, others=tuple(replace(other, group_number=group) for other in others))


def _is_usual(quote: Quote, orders: Sequence[QuotedOrder], actor: Actor) -> bool:
    """Whether `PLACE_USUAL` can place it, if it was no draft."""
    return (
        len(orders) == 1
        and actor.distributor_id is not None
        and quote.outside is None
        and quote.above_limit is None
        and not any(line.free or line.waits for line in quote.lines)
    )


def _group_number(quote: Quote) -> str:
    return next_number(kind=DocumentKind.ORDER_GROUP, company_id=quote.company_id, on=quote.ordered_on)


def _tie_gifts(orders: Sequence[QuotedOrder], written: Sequence[Any]) -> None:
    ids = {
        id(line): line_id
        for order, row in zip(orders, written, strict=True)
        for line, line_id in zip(order.lines, row.line_ids, strict=True)
    }
    gifts = [line for order in orders for line in order.lines if line.earning is not None]
    if gifts:
        with connection.cursor() as cursor:
            cursor.execute(
                TIE_GIFTS,
                {"gifts": [ids[id(line)] for line in gifts], "earnings": [ids[id(line.earning)] for line in gifts]},
            )


def _lock_draft(order_id: int, actor: Actor, expected_version: int | None) -> int:
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_submit(actor, order))
    ORDER_STATES.advance(order, OrderAction.SUBMIT)
    return order.distributor_id


def _write(values: dict[str, Any], place_new: PreparedStatement, *, is_draft: bool) -> Any:
    try:
        rows = _rewrite_draft(values) if is_draft else place_new.rows(values)
    except IntegrityError as error:
        raise _taken_meanwhile(error) from error
    if not rows:
        raise NoNumberSeries
    return rows[0]


def _rewrite_draft(values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(DROP_LINES, values)
        cursor.execute(PLACE_DRAFT, values)
        return named_rows(cursor)


def _taken_meanwhile(error: IntegrityError) -> Exception:
    """The purchase order number may have been taken between the check and the write; the constraint says so."""
    if _UNIQUE_PURCHASE_ORDER not in str(error):
        return error
    return OrderRefused(
        _("Another order already has this purchase order number."),
        code="duplicate_purchase_order",
        field="purchase_order_number",
    )


def _reserve(quote: Quote, orders: Sequence[QuotedOrder], written: Sequence[Any], *, now: datetime) -> list[Any]:
    lines = written_lines(orders, written)
    tried = [
        Shortfall(product_id=product, wanted=wanted, available=free) for product, wanted, free in written[0].short or ()
    ]
    short = reserve_or_wait(quote, lines, now=now, tried=tried if written[0].is_reserved else None)
    if short:
        raise OrderRefused(problems=_short_lines([one.line for one in lines], short))
    corrected = correct_promises(orders, lines, distributor_id=quote.distributor_id, now=now)
    return [row._replace(version=row.version + 1) if row.id in corrected else row for row in written]


def _short_lines(lines: Sequence[PricedLine], short: Sequence[Shortfall]) -> list[Problem]:
    by_product = {line.product_id: line for line in lines}
    return [short_stock(by_product[row.product_id], row.available) for row in short]


def _values(quote: Quote, order: QuotedOrder, said: Mapping[str, Any]) -> dict[str, Any]:
    manager_id = None if order.seller_id else quote.manager_id
    return {
        "company": quote.company_id,
        "seller": order.seller_id,
        "distributor": quote.distributor_id,
        "warehouse": order.warehouse_id,
        "manager": manager_id,
        "delivery_address": quote.delivery_address_id,
        "consignee_distributor": quote.consignee_distributor_id,
        "consignee_outlet": quote.consignee_outlet_id,
        "contact": quote.contact_id,
        "invoice_title": quote.invoice_title_id,
        "type": quote.type.id,
        "counts_as_sale": quote.type.counts_as_sale,
        "uses_credit": quote.type.uses_credit,
        "is_taxed": quote.type.is_taxed,
        "agreement": order.terms.agreement_id if order.terms else None,
        "freight_terms": order.freight,
        "currency": quote.currency,
        "exchange_rate": quote.exchange_rate,
        "gross": order.gross_amount,
        "discount": order.gross_amount - order.net_amount,
        "total": order.net_amount,
        "total_cost": order.cost_amount_company,
        "line_count": len(order.lines),
        "unit_count": order.unit_count,
        "source_type": ORDER,
        "on": quote.ordered_on,
        "promised_on": order.promised_on,
        "data": json.dumps({**_event_data(order, quote.currency, manager_id), **said}),
        "outside": None if quote.outside is None else json.dumps({**quote.outside, "manager_id": manager_id}),
        **line_parameters(order.lines),
    }


def _ordered_for(distributor_id: int, actor: Actor) -> dict[str, str]:
    """For whom somebody of the brand ordered, for the history. Asked for those only."""
    if actor.distributor_id is not None:
        return {}
    distributor = Distributor.objects.only("name", "name_zh").get(pk=distributor_id)
    return {"ordered_for": distributor.name, "ordered_for_zh": distributor.name_zh}


def _event_data(order: QuotedOrder, currency: str, manager_id: int | None) -> dict[str, Any]:
    return {
        "before": "draft",
        "after": "submitted",
        "manager_id": manager_id,
        "net_amount": str(order.net_amount),
        "currency": currency,
        "lines": len(order.lines),
        "promised_on": order.promised_on.isoformat() if order.promised_on else None,
    }


def _placed(quote: Quote, order: QuotedOrder, written: Any, head: Mapping[str, Any]) -> PlacedOrder:
    return PlacedOrder(
        id=written.id,
        number=written.number,
        version=written.version,
        distributor_id=quote.distributor_id,
        currency=quote.currency,
        net_amount=order.net_amount,
        ordered_at=head["now"],
        promised_on=order.promised_on,
        purchase_order_number=head["po"],
        is_on_hold=quote.outside is not None or quote.above_limit is not None or bool(written.over_credit),
        warnings=quote.warnings,
        lines=[
            PlacedLine(
                id=line_id,
                position=position,
                product_id=line.product_id or 0,
                code=line.code,
                name=line.name,
                unit=line.unit,
                units=line.units,
                quantity=line.quantity,
                unit_price=line.unit_price or Decimal(0),
                net_amount=line.amount,
                promised_on=line.arrives_on,
                waiting=line.quantity - line.taken_now,
            )
            for position, (line_id, line) in enumerate(zip(written.line_ids, order.lines, strict=True), 1)
        ],
    )
