"""The buyer's change of an order that is not approved yet: checked and priced like a new one, its lines keep their numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Conflict, Problem
from core.permissions import require
from inventory.services.stock import claimed_pieces
from orders.ordering.enums import ORDER, HoldKind, OrderAction, OrderEvent
from orders.ordering.errors import OrderRefused
from orders.ordering.models import LineAdjustment, Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.selectors.draft_lines import LineKey, line_key
from orders.ordering.services.agreement import require_agreed
from orders.ordering.services.checking import check_order, short_stock
from orders.ordering.services.credit import ask_credit
from orders.ordering.services.gift_changes import pieces_left, shrink_gifts
from orders.ordering.services.holds import add_hold, close_holds
from orders.ordering.services.limits import RESERVATION_LIFE
from orders.ordering.services.line_amounts import AMOUNTS, add_up
from orders.ordering.services.line_changes import summary_of
from orders.ordering.services.line_places import keep_places
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.placing_sql import ADJUST_FREE, MERGE_DRAFT_LINES
from orders.ordering.services.promised import first_promise
from orders.ordering.services.quote import LineInput, PricedLine, Quote, line_parameters
from orders.ordering.services.reserving import reserve_exactly, short_problems
from orders.permissions import can_change


@dataclass(frozen=True, kw_only=True)
class OrderDetails:
    """What can be changed of the order as a whole."""

    purchase_order_number: str = ""
    note: str = ""
    wanted_on: date | None = None


@transaction.atomic
def change_order(
    *,
    order_id: int,
    actor: Actor,
    lines: Sequence[LineInput],
    now: datetime,
    expected_version: int | None = None,
    details: OrderDetails | None = None,
    accept_prices: bool = False,
    agreed_total: Decimal | None = None,
) -> Order:
    """Make `lines` (so many of a unit) those of an order that waits for approval; without `details` these stay.

    Everything is checked as at placing; what was promised first stays the promise, unless more is asked
    that comes later. Prices are today's, and a product that costs more than in the order is refused
    unless `accept_prices`. Gifts follow the line that earned them, and are not named.
    The stock follows and is kept for three more days. An amount above the limit of `actor` puts
    the order on hold, one within it lifts that hold. Records one event with before and after, none where nothing
    changes. Raises NotVisible, NotAllowed, StaleVersion, Conflict (approved already), OrderRefused, and CostsMore.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_change(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.CHANGE)
    placed = list(order.lines.select_related("product").order_by("position"))
    stored = {key_of(line): line for line in placed if line.gift_of_id is None}
    gifts = [line for line in placed if line.gift_of_id is not None]
    held = claimed_pieces(source_type=ORDER, source_id=order.pk)
    choices = _choices(stored.values())
    lines = [
        line._replace(when_short=line.when_short or choices.get(line.product, ""))
        for line in lines
        if line.gift_with is None
    ]
    wanted = details or OrderDetails(**{name: getattr(order, name) for name in OrderDetails.__dataclass_fields__})
    quote = _checked(order, lines, stored, held, wanted, actor=actor, now=now)
    if not accept_prices:
        for line in quote.lines:
            known = stored.get(line.key)
            if line.agreed_unit_price is None and known is not None:
                line.agreed_unit_price = known.unit_price
    require_agreed(quote, agreed_total=agreed_total)
    left = _gifts_left(gifts, quote, stored)
    changes = _changes(quote, stored)
    if not changes and all(getattr(order, name) == getattr(wanted, name) for name in vars(wanted)):
        return order
    amount = order.net_amount
    changes += shrink_gifts(order, gifts, left)
    _write(order, quote, placed, wanted)
    _follow_limit(order, quote, actor=actor, now=now)
    close_holds(order, actor=actor, now=now, kinds=[HoldKind.RESERVATION])
    ask_credit(order, now=now)
    record_order_event(
        order,
        OrderEvent.CHANGED,
        actor=actor,
        now=now,
        before=before,
        changes=changes,
        summary=summary_of(changes),
        amount_before=str(amount),
        amount_after=str(order.net_amount),
        currency=order.currency,
    )
    _reserve(order, quote, held, placed, now=now)
    return order


def _checked(
    order: Order,
    lines: Sequence[LineInput],
    stored: Mapping[LineKey, OrderLine],
    held: Mapping[int, int],
    wanted: OrderDetails,
    *,
    actor: Actor,
    now: datetime,
) -> Quote:
    quote = check_order(
        distributor_id=order.distributor_id,
        actor=actor,
        lines=[line for line in lines if line.quantity],
        now=now,
        purchase_order_number=wanted.purchase_order_number,
        order_id=order.pk,
        delivery_address_id=order.delivery_address_id,
        consignee_distributor_id=order.consignee_distributor_id,
        consignee_outlet_id=order.consignee_outlet_id,
        own_pieces=_pieces(held, stored),
        wanted_on=wanted.wanted_on,
        type_id=order.type_id,
        contact_id=order.contact_id,
        invoice_title_id=order.invoice_title_id,
    )
    keep_places(quote, stored, held, now=now)
    if len(quote.orders) > 1:
        message = _("These products are of several sellers or agreements. Place another order for what is new.")
        quote.problems.append(Problem(message=message, code="several_orders", field="lines"))
    if quote.all_problems:
        raise OrderRefused(problems=quote.all_problems)
    return quote


def _changes(quote: Quote, stored: Mapping[LineKey, OrderLine]) -> list[dict[str, Any]]:
    """What differs from the stored lines: pieces, the wanted date, or the price."""
    found: list[dict[str, Any]] = []
    for line in quote.lines:
        known = stored.get(line.key)
        if known is None:
            found.append({"code": _named(line.code, line), "before": 0, "after": line.units})
        elif (known.units, known.unit_price, known.wanted_on) != (line.units, line.unit_price, line.wanted_on):
            prices = {"price_before": str(known.unit_price), "price_after": str(line.unit_price)}
            dates = {"wanted_before": str(known.wanted_on or ""), "wanted_after": str(line.wanted_on or "")}
            found.append(
                {"code": _named(line.code, line), "before": known.units, "after": line.units, **prices, **dates}
            )
    kept = {line.key for line in quote.lines}
    gone = [line for key, line in stored.items() if key not in kept]
    return [*found, *({"code": _named(line.product.code, line), "before": line.units, "after": 0} for line in gone)]


def key_of(line: OrderLine) -> LineKey:
    """What names a line of a placed order. Before: it has its product."""
    return line_key(line.product_id, line.unit, line.product.unit)


def _choices(stored: Iterable[OrderLine]) -> dict[int | str, str]:
    """What becomes of products of which not all is there, by id and by code: as it was chosen when they were placed."""
    return {key: line.when_short for line in stored for key in (line.product_id, line.product.code)}


def _named(code: str, line: OrderLine | PricedLine) -> str:
    """With the unit, where that is not the piece."""
    return f"{code} {line.unit}" if line.pieces_per_unit > 1 else code


def _pieces(held: Mapping[int, int], stored: Mapping[LineKey, OrderLine]) -> dict[int, int]:
    """What is reserved or on back order for the order by product."""
    found: dict[int, int] = {}
    for line in stored.values():
        found[line.product_id] = found.get(line.product_id, 0) + held.get(line.pk, 0)
    return found


def _gifts_left(gifts: Sequence[OrderLine], quote: Quote, stored: Mapping[LineKey, OrderLine]) -> dict[int, int]:
    """The pieces that are left of each gift, by what becomes of the line that earned it."""
    earning = {line.pk: (line.ordered, key) for key, line in stored.items()}
    after = {line.key: line.quantity for line in quote.lines}
    found = {}
    for gift in gifts:
        before, key = earning[gift.gift_of_id or 0]
        found[gift.pk] = pieces_left(gift, before=before, after=after.get(key, 0))
    return found


def _write(order: Order, quote: Quote, placed: Sequence[OrderLine], wanted: OrderDetails) -> None:
    """The lines that stay keep their numbers and places, new ones come after them. The gifts are what they will be."""
    stored = {key_of(line): line for line in placed if line.gift_of_id is None}
    if LineAdjustment.objects.filter(line__order=order, line__gift_of=None).delete()[0]:
        paid = OrderLine.objects.filter(order=order, gift_of=None)
        paid.update(discount_amount=0, rounding_amount=0, net_amount=F("gross_amount"))
    last = max((line.position for line in placed), default=0)
    positions = []
    for line in quote.lines:
        known = stored.get(line.key)
        last += known is None
        positions.append(known.position if known else last)
    with connection.cursor() as cursor:
        cursor.execute(MERGE_DRAFT_LINES, {"order": order.pk, **line_parameters(quote.lines), "positions": positions})
        if quote.discount_amount:
            cursor.execute(ADJUST_FREE, {"order": order.pk})
    order.warehouse_id, order.promised_on = quote.orders[0].warehouse_id, first_promise(order)
    given = list(OrderLine.objects.filter(order=order, gift_of__isnull=False)) if len(stored) < len(placed) else []
    order.line_count = len(quote.lines) + len(given)
    order.unit_count = quote.unit_count + sum(gift.ordered for gift in given)
    add_up(order)
    for name, value in vars(wanted).items():
        setattr(order, name, value)
    save_order(order, "warehouse", "promised_on", "line_count", "unit_count", "total_amount", *AMOUNTS, *vars(wanted))


def _follow_limit(order: Order, quote: Quote, *, actor: Actor, now: datetime) -> None:
    if quote.above_limit is None:
        close_holds(order, actor=actor, now=now, kinds=[HoldKind.LIMIT])
    elif not order.holds.open().filter(kind=HoldKind.LIMIT).exists():
        add_hold(order, HoldKind.LIMIT, params=quote.above_limit, actor=None, now=now)
        record_order_event(order, OrderEvent.ABOVE_LIMIT, actor=None, now=now, before=order.status, **quote.above_limit)


def _reserve(
    order: Order, quote: Quote, held: Mapping[int, int], placed: Sequence[OrderLine], *, now: datetime
) -> None:
    lines = list(OrderLine.objects.filter(order=order).select_related("product").order_by("product_id"))
    before = {line.pk: line.warehouse_id for line in placed}
    moved = [line.pk for line in lines if held.get(line.pk) and before[line.pk] != line.warehouse_id]
    short = reserve_exactly(order, lines, expires_at=now + RESERVATION_LIFE, held=held, moved=moved)
    if short:
        by_product = {line.product_id: line for line in quote.lines}
        if any(row.product_id not in by_product for row in short):
            raise Conflict(problems=short_problems(lines, short))
        raise OrderRefused(problems=[short_stock(by_product[row.product_id], row.available) for row in short])
