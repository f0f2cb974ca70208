from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from company.enums import DocumentKind
from company.selectors import period_id_on
from company.services.number_series import next_number
from core.actors import Actor
from core.errors import Problem
from core.permissions import require
from core.sentences import listed
from inventory.models import Warehouse
from inventory.selectors.availability import waiting_by_line
from inventory.services.stock import consume
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine
from orders.fulfilment.services.lots import Picks, bind_order_lines, lots_to_ship, not_bound_data, note_lots
from orders.fulfilment.services.shipped_sales import post_shipment, share_of_lines
from orders.ordering.enums import ORDER, HoldStep, OrderAction, OrderEvent, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.permissions import ORDER_STATES
from orders.ordering.services.holds import require_no_hold
from orders.ordering.services.locking import lock_order, record_order_event, save_order
from orders.ordering.services.rules import require_rules
from orders.permissions import can_handle


@transaction.atomic
def start_picking(*, order_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Order:
    """Note that an approved order is being picked, and bind it to its lots; what has none is in the event.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (state, a hold, a rule of placing that does not hold any more).
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_handle(actor, order))
    before, _after = ORDER_STATES.advance(order, OrderAction.PICK)
    require_no_hold(order, HoldStep.RELEASE)
    lines = list(OrderLine.objects.filter(order=order).select_related("product").order_by("pk"))
    require_rules(order, lines, now=now)
    save_order(order, "status")
    missing = not_bound_data(bind_order_lines([order], lines, now=now), lines)
    data: dict[str, Any] = {"not_bound": missing} if missing else {}
    record_order_event(order, OrderEvent.PICKING, actor=actor, now=now, before=before, **data)
    return order


_ADD_SHIPPED = """
UPDATE orders_orderline AS line SET shipped = line.shipped + part.quantity
FROM unnest(%s::bigint[], %s::int[]) AS part (id, quantity)
WHERE line.id = part.id
"""


@transaction.atomic
def ship_order(
    *,
    order_id: int,
    actor: Actor,
    now: datetime,
    quantities: Mapping[int, int] | None = None,
    carrier_id: int | None = None,
    tracking_number: str = "",
    expected_on: date | None = None,
    expected_version: int | None = None,
    warehouse_id: int | None = None,
    lots: Picks | None = None,
) -> Shipment:
    """Ship `quantities` (pieces by order line id; None is all that is left and does not wait) of an approved order.

    A shipment leaves one warehouse: with `warehouse_id` None is all that is left there. Products by lot leave in the lots to
    which they are bound, or in `lots` (pieces by lot, by line).

    Takes the goods out of reservation and stock, writes one move a product, and makes the shipment. The order is
    shipped when nothing is left, else shipped in part. Raises NotVisible, NotAllowed, StaleVersion, Conflict (state,
    nothing reserved, a rule of placing), ShipmentRefused with a problem a line (`quantities.<line id>`), at `carrier`, or at
    `quantities` where lines are of several warehouses.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_handle(actor, order))
    rows = OrderLine.objects.select_for_update(of=("self",)).select_related("product")
    lines = list(rows.filter(order=order).order_by("pk"))
    shipped = _shipped_quantities(
        lines, _what_is_there(order, lines, warehouse_id) if quantities is None else quantities
    )
    left = sum(line.outstanding for line in lines) - sum(shipped.values())
    before, _after = ORDER_STATES.advance(order, OrderAction.SHIP_PARTLY if left else OrderAction.SHIP)
    released = before != OrderStatus.APPROVED  # what is shipped without picking goes to the warehouse with it
    require_no_hold(order, HoldStep.SHIP, *(() if released else (HoldStep.RELEASE,)))
    require_rules(order, [line for line in lines if line.pk in shipped], now=now)
    order.shipped_at = now
    save_order(order, "status", "shipped_at")
    shipment = Shipment(
        number=next_number(kind=DocumentKind.SHIPMENT, company_id=order.company_id, on=timezone.localdate(now)),
        order=order,
        warehouse_id=_one_warehouse(order, lines, shipped),
        carrier_id=_carrier(carrier_id, actor),
        tracking_number=tracking_number.strip(),
        shipped_at=now,
        expected_on=expected_on,
        posts_sales=True,
        sales_period_id=period_id_on(timezone.localdate(now)),
    )
    taken = lots_to_ship(order, lines, shipped, now=now, picks=lots, arrives_on=expected_on)
    amounts = share_of_lines(order, [line for line in lines if line.pk in shipped], shipped)
    note_lots(_write(shipment, shipped, amounts), taken)
    post_shipment(shipment)
    record_order_event(
        order, OrderEvent.SHIPPED, actor=actor, now=now, before=before,
        shipment=shipment, units=sum(shipped.values()), tracking_number=shipment.tracking_number,
    )  # fmt: skip
    consume(
        source_type=ORDER,
        source_id=order.pk,
        source_line_ids=list(shipped),
        quantities=list(shipped.values()),
        reference=shipment.number,
        actor_id=actor.pk,
        at=now,
        lots=taken,
    )
    return shipment


def _write(
    shipment: Shipment, shipped: Mapping[int, int], amounts: Mapping[int, Mapping[str, Decimal]]
) -> list[ShipmentLine]:
    shipment.save(force_insert=True)
    made: list[ShipmentLine] = ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, order_line_id=line, quantity=quantity, **amounts[line])
        for line, quantity in shipped.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(_ADD_SHIPPED, [list(shipped), list(shipped.values())])
    return made


def _one_warehouse(order: Order, lines: Sequence[OrderLine], shipped: Mapping[int, int]) -> int | None:
    """Where the shipment leaves; refused where its lines are kept in several places."""
    places = {line.warehouse_id or order.warehouse_id for line in lines if line.pk in shipped}
    if len(places) > 1:
        known = Warehouse.objects.filter(pk__in=[place for place in places if place]).order_by("code")
        names = listed(place.display_name for place in known)
        message = _("These lines leave different warehouses (%(names)s). Ship one warehouse after the other.")
        raise ShipmentRefused(message % {"names": names}, code="several_warehouses", field="quantities")
    return places.pop()


def _what_is_there(order: Order, lines: Sequence[OrderLine], warehouse_id: int | None) -> dict[int, int]:
    """All that is left of each line but what waits. Refused where that is all of it."""
    waiting = waiting_by_line(source_type=ORDER, source_ids=[order.pk])
    there = {
        line.pk: line.there_of(sum(one.pieces for one in waiting.get(line.pk, ())))
        for line in lines
        if warehouse_id in (None, line.warehouse_id or order.warehouse_id)
    }
    if waiting and not any(there.values()):
        raise ShipmentRefused(_("All that is left is on back order."), code="back_order", field="quantities")
    return there


def _shipped_quantities(lines: list[OrderLine], wanted: Mapping[int, int]) -> dict[int, int]:
    """What is shipped by line, in the order of the lines; refused where a line has less left or is another order's."""
    left = {line.pk: line.outstanding for line in lines}
    problems = [
        Problem(
            message=_("Enter a quantity between 0 and %(most)d.") % {"most": left.get(line, 0)},
            code="more_than_left",
            field=f"quantities.{line}",
        )
        for line, quantity in wanted.items()
        if not 0 <= quantity <= left.get(line, 0)
    ]
    shipped = {line: wanted[line] for line in left if wanted.get(line, 0) > 0}
    if not shipped and not problems:
        problems.append(Problem(message=_("Enter the quantity shipped."), code="required", field="quantities"))
    if problems:
        raise ShipmentRefused(problems=problems)
    return shipped


def _carrier(carrier_id: int | None, actor: Actor) -> int | None:
    known = carrier_id is None or Carrier.objects.visible_to(actor).filter(pk=carrier_id, is_active=True).exists()
    if not known:
        raise ShipmentRefused(_("This carrier is not in use."), code="unknown", field="carrier")
    return carrier_id
