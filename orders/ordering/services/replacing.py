"""Orders that replace pieces which a seller sent and the buyer did not get: free of charge, approved from the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from company.enums import DocumentKind
from company.selectors import period_id_on
from company.services.number_series import next_number
from core.actors import Actor
from core.errors import Conflict
from core.money import round_money
from inventory.promise import promise
from inventory.selectors.availability import read_supplies, routes_of
from orders.ordering.enums import OrderEvent, OrderSource, OrderStatus, WhenShort
from orders.ordering.models import Order, OrderLine, OrderType
from orders.ordering.services.line_amounts import AMOUNTS, add_up
from orders.ordering.services.locking import record_order_event, save_order
from orders.ordering.services.order_types import REPLACEMENT, SWITCHES, ensure_order_types
from orders.ordering.services.quoted import latest
from orders.ordering.services.reserving import require_reserved
from orders.ordering.services.rules import require_rules

_COPIED = (
    "company_id", "seller_company_id", "seller_distributor_id", "distributor_id", "warehouse_id", "manager_id", "bill_to",
    "ship_to", "delivery_address_id", "consignee_distributor_id", "consignee_outlet_id", "contact_id", "invoice_title_id",
    "payment_terms", "freight_terms", "agreement_id", "currency", "exchange_rate", "printed_note",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """Pieces of a line that are sent once more."""

    line: OrderLine
    pieces: int


def place_replacement(order: Order, replaced: Sequence[Replaced], *, actor: Actor, now: datetime) -> list[OrderLine]:
    """Make an order of the re-shipment type from `order`, with a line at no price for each of `replaced`; returns the lines.

    It is approved by whoever decides it, its stock is reserved like that of any order, and what is short of it is a back
    order. The lines cost the seller what the pieces cost. Writes two events. Before: inside a transaction that has locked
    `order` and no stock. Raises Conflict where a rule of ordering does not hold any more (the product is not on sale, the
    distributor may not order), no warehouse supplies it, or the type is missing.
    """
    ensure_order_types()
    kind = OrderType.objects.filter(code=REPLACEMENT).first()
    if kind is None:
        raise Conflict(_("There is no order type for re-shipments."), code="no_order_type")
    day = timezone.localdate(now)
    made = Order(
        **{name: getattr(order, name) for name in _COPIED},
        number=next_number(kind=DocumentKind.ORDER, company_id=order.company_id, on=day),
        type=kind,
        **{name: getattr(kind, name) for name in SWITCHES},
        status=OrderStatus.SUBMITTED,
        source=OrderSource.PAGE,
        created_by_id=actor.pk,
        ordered_at=now,
        ordered_on=day,
    )
    promised = _promised(order, replaced, day=day, now=now)
    made.promised_on = latest(list(promised))
    made.save(force_insert=True)
    lines = OrderLine.objects.bulk_create(
        _line(made, position, one, promised_on)
        for position, (one, promised_on) in enumerate(zip(replaced, promised, strict=True), 1)
    )
    add_up(made)
    made.line_count, made.unit_count = len(lines), sum(line.ordered for line in lines)
    save_order(made, "total_amount", *AMOUNTS, "line_count", "unit_count")
    said: dict[str, Any] = {
        "net_amount": str(made.net_amount),
        "currency": made.currency,
        "lines": len(lines),
        "replaces": order.number,
    }
    record_order_event(made, OrderEvent.SUBMITTED, actor=actor, now=now, before=OrderStatus.DRAFT, **said)
    _approve(made, lines, actor=actor, now=now)
    return lines


def _line(made: Order, position: int, one: Replaced, promised_on: date | None) -> OrderLine:
    line = one.line
    cost = line.cost_amount_company * one.pieces / max(line.ordered - line.cancelled, 1)
    return OrderLine(
        order=made,
        position=position,
        product=line.product,
        category_id=line.category_id,
        warehouse_id=line.warehouse_id,
        unit=line.product.unit,
        units=one.pieces,
        ordered=one.pieces,
        unit_price=Decimal(0),
        gross_amount=Decimal(0),
        net_amount=Decimal(0),
        tax_code_id=line.tax_code_id,
        cost_amount_company=round_money(cost, currency=made.company.currency),
        promised_on=promised_on,
        when_short=WhenShort.PART,
    )


def _promised(order: Order, replaced: Sequence[Replaced], *, day: date, now: datetime) -> list[date | None]:
    """When the pieces arrive. Raises Conflict where no route leads to them."""
    routes = routes_of(distributor_id=order.distributor_id, day=day)
    places = [(one.line.warehouse_id or order.warehouse_id or 0, one.line.product_id) for one in replaced]
    if any(place[0] not in routes for place in places):
        raise Conflict(_("No warehouse supplies this order."), code="no_route")
    supplies = read_supplies(places=places, today=day)
    return [
        promise(
            quantity=one.pieces,
            supply=supplies[place],
            schedule=routes[place[0]].schedule,
            moment=timezone.localtime(now),
        ).whole.arrives_on
        for one, place in zip(replaced, places, strict=True)
    ]


def _approve(made: Order, lines: Sequence[OrderLine], *, actor: Actor, now: datetime) -> None:
    """The decision that it is sent is its approval. A re-shipment counts no sale, unless its type says so."""
    require_rules(made, lines, now=now)
    made.status, made.approved_at = OrderStatus.APPROVED, now
    made.sales_period_id = period_id_on(made.ordered_on)
    save_order(made, "status", "approved_at", "sales_period")
    record_order_event(made, OrderEvent.APPROVED, actor=actor, now=now, before=OrderStatus.SUBMITTED)
    require_reserved(made, lines)
