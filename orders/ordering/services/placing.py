"""Placing an order: everything checked, priced, promised, written and reserved, or nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from company.errors import NoNumberSeries
from core.actors import Actor
from core.errors import Problem
from core.events import request_id
from core.permissions import require
from core.prepared_statements import named_rows
from inventory.services.stock import Shortfall, reserve
from orders.ordering.enums import ORDER, OrderAction, OrderEvent, OrderSource
from orders.ordering.errors import OrderRefused
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.agreement import require_agreed
from orders.ordering.services.checking import check_order, short_stock
from orders.ordering.services.locking import lock_order
from orders.ordering.services.placing_sql import DROP_LINES, PLACE_DRAFT, PLACE_NEW
from orders.ordering.services.quote import LineInput, PricedLine, Quote, line_parameters
from orders.permissions import can_submit

RESERVATION_LIFE = timedelta(days=3)
"""How long stock is reserved for an order that is not approved."""

_UNIQUE_PURCHASE_ORDER = "order_purchase_order_number_once"


@dataclass(frozen=True, kw_only=True)
class PlacedLine:
    """A line as it was placed. Amounts are in the order's currency."""

    id: int
    position: int
    product_id: int
    code: str
    name: str
    quantity: int
    unit_price: Decimal
    net_amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PlacedOrder:
    """What came of placing: enough to answer without reading anything again."""

    id: int
    number: str
    version: int
    distributor_id: int
    currency: str
    net_amount: Decimal
    ordered_at: datetime
    promised_on: date
    purchase_order_number: str
    is_on_hold: bool
    lines: list[PlacedLine]
    warnings: list[Problem]


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
) -> PlacedOrder:
    """Place an order of `lines` (product id, code or barcode; pieces), or submit the draft `order_id` with them.

    Writes order, lines, reservations (for three days, until approved), one event and one outbox message, in at most
    seven statements whatever the number of lines; stock is locked last, in the order of the products. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict (no draft any more, no company, no number series), OrderRefused with
    every problem found, and CostsMore where it is more than `agreed_total` or the agreed prices of lines. Amounts are in
    the distributor's currency, the cost is in the company's; number, rate of the day and addresses are those of this
    moment. An order to an address outside the territory of its agreement is on hold from the start, with a further event.
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
        "agreed_total": agreed_total,
        "delivery_address": delivery_address_id,
    }
    if order_id is None:
        quote = _checked(distributor_id, actor, lines, head)
        with transaction.atomic(savepoint=False):  # nothing refuses in here but stock that went this very moment
            return _place(quote, head)
    with transaction.atomic():
        distributor_id = _lock_draft(order_id, actor, expected_version)
        return _place(_checked(distributor_id, actor, lines, head), head)


def _checked(distributor_id: int, actor: Actor, lines: Sequence[LineInput], head: Mapping[str, Any]) -> Quote:
    quote = check_order(
        distributor_id=distributor_id,
        actor=actor,
        lines=lines,
        now=head["now"],
        purchase_order_number=head["po"],
        order_id=head["order"],
        delivery_address_id=head["delivery_address"],
    )
    if quote.all_problems:
        raise OrderRefused(problems=quote.all_problems)
    require_agreed(quote, agreed_total=head["agreed_total"])
    return quote


def _place(quote: Quote, head: Mapping[str, Any]) -> PlacedOrder:
    written = _write({**head, **_values(quote)}, is_draft=head["order"] is not None)
    _reserve(quote, order_id=written.id, line_ids=written.line_ids, now=head["now"])
    return _placed(quote, written, head)


def _lock_draft(order_id: int, actor: Actor, expected_version: int | None) -> int:
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_submit(actor, order))
    ORDER_STATES.advance(order, OrderAction.SUBMIT)
    return order.distributor_id


def _write(values: dict[str, Any], *, is_draft: bool) -> Any:
    try:
        rows = _rewrite_draft(values) if is_draft else PLACE_NEW.rows(values)
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


def _reserve(quote: Quote, *, order_id: int, line_ids: Sequence[int], now: datetime) -> None:
    short = reserve(
        warehouse_id=quote.warehouse_id or 0,
        source_type=ORDER,
        source_id=order_id,
        source_line_ids=line_ids,
        product_ids=[line.product_id or 0 for line in quote.lines],
        quantities=[line.quantity for line in quote.lines],
        expires_at=now + RESERVATION_LIFE,
    )
    if short:
        raise OrderRefused(problems=_short_lines(quote.lines, short))


def _short_lines(lines: Sequence[PricedLine], short: Sequence[Shortfall]) -> list[Problem]:
    by_product = {line.product_id: line for line in lines}
    return [short_stock(by_product[row.product_id], row.available) for row in short]


def _values(quote: Quote) -> dict[str, Any]:
    return {
        "company": quote.company_id,
        "distributor": quote.distributor_id,
        "warehouse": quote.warehouse_id,
        "manager": quote.manager_id,
        "delivery_address": quote.delivery_address_id,
        "currency": quote.currency,
        "exchange_rate": quote.exchange_rate,
        "total": quote.net_amount,
        "total_cost": quote.cost_amount_company,
        "line_count": len(quote.lines),
        "unit_count": quote.unit_count,
        "on": quote.ordered_on,
        "promised_on": quote.promised_on,
        "data": json.dumps(_event_data(quote)),
        "outside": None if quote.outside is None else json.dumps({**quote.outside, "manager_id": quote.manager_id}),
        **line_parameters(quote.lines),
    }


def _event_data(quote: Quote) -> dict[str, Any]:
    return {
        "before": "draft",
        "after": "submitted",
        "manager_id": quote.manager_id,
        "net_amount": str(quote.net_amount),
        "currency": quote.currency,
        "lines": len(quote.lines),
        "promised_on": quote.promised_on.isoformat() if quote.promised_on else None,
    }


def _placed(quote: Quote, written: Any, head: Mapping[str, Any]) -> PlacedOrder:
    return PlacedOrder(
        id=written.id,
        number=written.number,
        version=written.version,
        distributor_id=quote.distributor_id,
        currency=quote.currency,
        net_amount=quote.net_amount,
        ordered_at=head["now"],
        promised_on=quote.promised_on or quote.ordered_on,
        purchase_order_number=head["po"],
        is_on_hold=quote.outside is not None,
        warnings=quote.warnings,
        lines=[
            PlacedLine(
                id=line_id,
                position=position,
                product_id=line.product_id or 0,
                code=line.code,
                name=line.name,
                quantity=line.quantity,
                unit_price=line.unit_price or Decimal(0),
                net_amount=line.amount,
            )
            for position, (line_id, line) in enumerate(zip(written.line_ids, quote.lines, strict=True), 1)
        ],
    )
