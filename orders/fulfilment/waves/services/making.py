"""A wave is made: its orders begin to be picked, bound to their lots, and what is to be picked is listed by place."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from company.enums import DocumentKind
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.permissions import require
from inventory.models import LotBinding, Stock, Warehouse
from inventory.selectors.availability import waiting_by_line
from orders.fulfilment.services.leaving import Refusals, place_of
from orders.fulfilment.services.lots import bind_order_lines
from orders.fulfilment.services.shipping import begin_picking, lock_lines, lock_to_fulfil
from orders.fulfilment.waves.enums import WaveEvent
from orders.fulfilment.waves.models import Pick, Wave, WaveLine
from orders.fulfilment.waves.permissions import can_work_on
from orders.fulfilment.waves.selectors.in_waves import refuse_in_waves
from orders.fulfilment.waves.selectors.to_ship import TO_SHIP, orders_to_ship
from orders.fulfilment.waves.services.recording import record_wave_event
from orders.ordering.enums import ORDER, HoldStep, OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.credit import hold_over_credit
from orders.ordering.services.holds import require_no_hold
from orders.permissions import can_handle

MOST_ORDERS: Final = 200
"""Orders of one wave: more than one person picks in a day."""


def make_wave(*, order_ids: Collection[int], actor: Actor, now: datetime, warehouse_id: int | None = None) -> Wave:
    """Pick these orders together, as far as they lie in a warehouse; None is where all of it lies.

    Approved orders are being picked from now on, as `start_picking` does; all are bound to lots in the turn of the promised
    days. What waits, or has no lot, stays out. Records one event of the wave, and one of each order whose picking starts.
    The number of statements does not depend on how many orders and lines there are. Raises NotVisible, NotAllowed,
    InvalidInput at `orders` or `warehouse`, and Conflict (a problem an order: state, hold, a rule of placing, in another
    open wave; or nothing of them can be picked there).
    """
    ids = set(order_ids)
    if not 1 <= len(ids) <= MOST_ORDERS:
        message = _("Select between 1 and %(most)d orders.") % {"most": MOST_ORDERS}
        raise InvalidInput(message, code="required", field="orders")
    if can_handle(actor):
        seen = Order.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)
        hold_over_credit(order_ids=list(seen), now=now)
    with explained(), transaction.atomic():
        orders = sorted(
            lock_to_fulfil(order_ids=ids, actor=actor),
            key=lambda order: (order.promised_on or timezone.localdate(now), order.pk),
        )
        lines = lock_lines(orders)
        _refuse_not_to_ship(orders)
        warehouse = _warehouse(orders, lines, warehouse_id, actor)
        by_id = {order.pk: order for order in orders}
        listed = [line for line in lines if line.outstanding and place_of(by_id[line.order_id], line) == warehouse.pk]
        refuse_in_waves(listed, wave_id=None)
        approved = [order for order in orders if order.status == OrderStatus.APPROVED]
        begun = {order.pk for order in approved}
        begin_picking(approved, [line for line in lines if line.order_id in begun], actor=actor, now=now)
        bind_order_lines(orders, listed, now=now)
        return _write(orders, listed, warehouse, actor=actor, now=now)


def make_wave_of_due(*, warehouse_id: int, most: int, actor: Actor, now: datetime) -> Wave:
    """Likewise of those orders of a warehouse that are due first, so many at most.

    Raises NotVisible, NotAllowed, InvalidInput at `most`, and Conflict where no order is to be shipped.
    """
    if not 1 <= most <= MOST_ORDERS:
        message = _("Select between 1 and %(most)d orders.") % {"most": MOST_ORDERS}
        raise InvalidInput(message, code="out_of_range", field="most")
    require(can_work_on(actor))
    if not Warehouse.objects.visible_to(actor).filter(pk=warehouse_id).exists():
        raise NotVisible
    due = orders_to_ship(actor, warehouse_id)
    ids = list(due.order_by("promised_on", "pk").values_list("pk", flat=True)[:most])
    if not ids:
        raise Conflict(_("No order of this warehouse is to be shipped."), code="nothing_to_pick")
    return make_wave(order_ids=ids, actor=actor, now=now, warehouse_id=warehouse_id)


def _warehouse(
    orders: Sequence[Order], lines: Sequence[OrderLine], warehouse_id: int | None, actor: Actor
) -> Warehouse:
    by_id = {order.pk: order for order in orders}
    places = {place_of(by_id[line.order_id], line) for line in lines if line.outstanding}
    if warehouse_id is None and len(places) > 1:
        message = _("These orders leave different warehouses. Select one.")
        raise InvalidInput(message, code="several_warehouses", field="warehouse")
    wanted = warehouse_id if warehouse_id is not None else next(iter(places), None)
    found: Warehouse | None = Warehouse.objects.visible_to(actor).filter(pk=wanted).first()
    if found is None or any(order.seller_distributor_id != found.distributor_id for order in orders):
        raise InvalidInput(_("Select a warehouse of the seller."), code="unknown", field="warehouse")
    return found


def _refuse_not_to_ship(orders: Sequence[Order]) -> None:
    refusals = Refusals(orders)
    for order in orders:
        with refusals.of(order):
            if order.status not in TO_SHIP:
                message = _("The status is now “%(state)s”, so this step is no longer possible.")
                raise Conflict(message % {"state": order.get_status_display()}, code="wrong_state")
            require_no_hold(order, HoldStep.SHIP)
    refusals.raise_any()


def _write(
    orders: Sequence[Order], lines: Sequence[OrderLine], warehouse: Warehouse, *, actor: Actor, now: datetime
) -> Wave:
    picks = _picks(orders, lines, warehouse)
    if not picks:
        message = _(
            "Nothing of these orders can be picked in %(warehouse)s: it waits for goods, or no lot may be sent."
        )
        raise Conflict(message % {"warehouse": warehouse.display_name}, code="nothing_to_pick", field="orders")
    company = orders[0].company_id
    day = timezone.localdate(now)
    wave: Wave = Wave.objects.create(
        company_id=company,
        number=next_number(kind=DocumentKind.WAVE, company_id=company, on=day),
        warehouse=warehouse,
        made_at=now,
        made_by_id=actor.pk,
    )
    made = WaveLine.objects.bulk_create(
        WaveLine(wave=wave, order_line_id=line, quantity=sum(pick.quantity for pick in some))
        for line, some in picks.items()
    )
    for row in made:
        for pick in picks[row.order_line_id]:
            pick.line = row
    Pick.objects.bulk_create(pick for some in picks.values() for pick in some)
    in_it = {line.order_id for line in lines if line.pk in picks}
    record_wave_event(
        wave, WaveEvent.MADE, actor=actor, now=now, order_ids=sorted(in_it), orders=len(in_it),
        lines=len(made), units=sum(row.quantity for row in made),
    )  # fmt: skip
    wave.refresh_from_db()
    return wave


def _picks(orders: Sequence[Order], lines: Sequence[OrderLine], warehouse: Warehouse) -> dict[int, list[Pick]]:
    """What is to be picked of each line: what is there of it, by lot where it is stocked by lot."""
    waiting = waiting_by_line(source_type=ORDER, source_ids=[order.pk for order in orders])
    places = _places(lines, warehouse)
    bound_to: Mapping[int, Mapping[int | None, int]] = _bound(lines, warehouse)
    found: dict[int, list[Pick]] = {}
    turn = {order.pk: number for number, order in enumerate(orders)}
    for line in sorted(lines, key=lambda line: (turn[line.order_id], line.pk)):
        there = line.there_of(sum(one.pieces for one in waiting.get(line.pk, ())))
        of_lots = bound_to.get(line.pk, {}) if line.product.tracks_lots else {None: there}
        zone, place = places.get(line.product_id, ("", ""))
        rows = []
        for lot, bound in of_lots.items():
            pieces = min(bound, there)
            there -= pieces
            if pieces > 0:
                rows.append(Pick(lot_id=lot, zone=zone, place=place, quantity=pieces))
        if rows:
            found[line.pk] = rows
    return found


def _places(lines: Sequence[OrderLine], warehouse: Warehouse) -> dict[int, tuple[str, str]]:
    rows = Stock.objects.filter(warehouse=warehouse, product__in={line.product_id for line in lines})
    return {product: (zone, place) for product, zone, place in rows.values_list("product_id", "zone", "place")}


def _bound(lines: Sequence[OrderLine], warehouse: Warehouse) -> dict[int, dict[int | None, int]]:
    tracked = [line.pk for line in lines if line.product.tracks_lots]
    found: dict[int, dict[int | None, int]] = {}
    if tracked:
        rows = LotBinding.objects.filter(
            reservation__source_type=ORDER,
            reservation__source_line_id__in=tracked,
            reservation__warehouse=warehouse,
            pieces__gt=0,
        ).order_by("lot__expires_on", "lot_id")
        for line, lot, pieces in rows.values_list("reservation__source_line_id", "lot_id", "pieces"):
            found.setdefault(line, {})[lot] = pieces
    return found
