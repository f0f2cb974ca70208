"""Waybills: shipments of one distributor that go to one address together, made, delivered, and dissolved."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from channel.enums import FreightTerms
from company.enums import DocumentKind
from company.models import Company
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.events import ExtraSubject, record_event
from core.permissions import require
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment
from orders.fulfilment.services.delivering import note_deliveries
from orders.fulfilment.waybills.enums import WAYBILL, FreightPayer, WaybillEvent
from orders.fulfilment.waybills.models import Waybill, WaybillShipment
from orders.fulfilment.waybills.permissions import can_deliver_waybill, can_dissolve, can_make_waybill
from orders.fulfilment.waybills.selectors.addresses import address_key
from orders.fulfilment.waybills.services.freight import check_freight, spread_freight
from orders.fulfilment.waybills.services.locking import lock_orders_of, lock_waybill
from orders.ordering.enums import ORDER
from orders.ordering.models import Order

MOST_SHIPMENTS: Final = 200
_BUYERS_TERMS: Final = frozenset({FreightTerms.BUYER, FreightTerms.COLLECTED})


def make_waybill(
    *,
    shipment_ids: Collection[int],
    actor: Actor,
    now: datetime,
    tracking_number: str = "",
    agreed: Decimal | None = None,
    borne_by: str = "",
) -> Waybill:
    """Put shipments on their way on one waybill: of one distributor, seller, warehouse, carrier and address.

    They get its tracking number; without one it is the number that one of them has. `agreed` is the freight in the
    company's currency, borne by whom the terms of the orders name unless `borne_by` says otherwise. Records one event.
    Raises NotVisible, NotAllowed, InvalidInput at `shipments`, `agreed` or `borne_by`, and Conflict where one is delivered
    or on another waybill.
    """
    with explained(), transaction.atomic():
        if not 1 <= len(set(shipment_ids)) <= MOST_SHIPMENTS:
            message = _("Select between 1 and %(most)d shipments.") % {"most": MOST_SHIPMENTS}
            raise InvalidInput(message, code="required", field="shipments")
        orders, shipments = lock_orders_of(shipment_ids, actor=actor)
        require(all(can_make_waybill(actor, order) for order in orders))
        _check(orders, shipments)
        order, shipment = orders[0], shipments[0]
        numbers = [tracking_number.strip(), *(one.tracking_number for one in shipments)]
        payer = borne_by or _payer(orders)
        currency = Company.objects.values_list("currency", flat=True).get(pk=order.company_id)
        check_freight(agreed=agreed, actual=None, borne_by=payer, currency=currency)
        day = timezone.localdate(now)
        waybill: Waybill = Waybill.objects.create(
            company_id=order.company_id,
            number=next_number(kind=DocumentKind.WAYBILL, company_id=order.company_id, on=day),
            distributor_id=order.distributor_id,
            seller_distributor_id=order.seller_distributor_id,
            carrier_id=shipment.carrier_id,
            tracking_number=next(filter(None, numbers), ""),
            ship_to=order.ship_to,
            left_on=timezone.localdate(max(one.shipped_at for one in shipments)),
            made_at=now,
            made_by_id=actor.pk,
            borne_by=payer,
            currency=currency,
            agreed_amount_company=agreed,
        )
        WaybillShipment.objects.bulk_create(WaybillShipment(waybill=waybill, shipment=one) for one in shipments)
        Shipment.objects.filter(pk__in=[one.pk for one in shipments]).update(tracking_number=waybill.tracking_number)
        spread_freight(waybill)
        _record(waybill, WaybillEvent.MADE, orders, shipments, actor, now)
    return waybill


@transaction.atomic
def deliver_waybill(*, waybill_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Waybill:
    """Mark every shipment of a waybill that is on its way as delivered, and with the last of each order the order.

    One event for each shipment, as if it had come alone; the number of statements is fixed. Raises NotVisible, NotAllowed,
    StaleVersion, and Conflict where nothing of it is on its way.
    """
    waybill, orders, shipments = lock_waybill(waybill_id=waybill_id, actor=actor, expected_version=expected_version)
    require(can_deliver_waybill(actor, waybill))
    waiting = [one for one in shipments if one.status == ShipmentStatus.SHIPPED]
    if not waiting:
        raise Conflict(_("All of this waybill is delivered already."), code="wrong_state")
    note_deliveries(orders, waiting, at=now, actor=actor)
    return waybill


@transaction.atomic
def dissolve_waybill(*, waybill_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> None:
    """Take a waybill away that was made in error: its shipments go on by themselves, with its tracking number.

    Records one event. Raises NotVisible, NotAllowed, StaleVersion, and Conflict where one of its shipments is delivered or
    its actual freight is recorded.
    """
    waybill, orders, shipments = lock_waybill(waybill_id=waybill_id, actor=actor, expected_version=expected_version)
    require(can_dissolve(actor, waybill))
    if any(one.status != ShipmentStatus.SHIPPED for one in shipments):
        raise Conflict(_("Shipments of this waybill are delivered already."), code="wrong_state")
    if waybill.actual_amount_company is not None:
        raise Conflict(_("The freight of this waybill is recorded."), code="freight_recorded")
    _record(waybill, WaybillEvent.DISSOLVED, orders, shipments, actor, now)
    waybill.delete()


def _check(orders: Sequence[Order], shipments: Sequence[Shipment]) -> None:
    if any(one.status != ShipmentStatus.SHIPPED for one in shipments):
        raise Conflict(_("Only shipments on their way are put on a waybill."), code="wrong_state")
    if WaybillShipment.objects.filter(shipment__in=shipments).exists():
        raise Conflict(_("One of these shipments is on a waybill already."), code="on_a_waybill")
    sides = {(one.company_id, one.distributor_id, one.seller_distributor_id) for one in orders}
    ways = {(one.carrier_id, one.warehouse_id) for one in shipments}
    message = ""
    if len(sides) > 1:
        message = _("These shipments are of several distributors.")
    elif len({address_key(one.ship_to) for one in orders}) > 1:
        message = _("These shipments go to several addresses.")
    elif len(ways) > 1:
        message = _("These shipments leave with several carriers or from several warehouses.")
    if message:
        raise InvalidInput(message, code="not_together", field="shipments")


def _payer(orders: Sequence[Order]) -> str:
    """The distributor where all orders say so, else the seller."""
    return FreightPayer.BUYER if all(one.freight_terms in _BUYERS_TERMS for one in orders) else FreightPayer.SELLER


def _record(
    waybill: Waybill,
    kind: WaybillEvent,
    orders: Sequence[Order],
    shipments: Sequence[Shipment],
    actor: Actor,
    now: datetime,
) -> None:
    data: Mapping[str, Any] = {
        "number": waybill.number,
        "tracking_number": waybill.tracking_number,
        "shipments": [one.number for one in shipments],
    }
    record_event(
        kind=kind,
        subject_type=WAYBILL,
        subject_id=waybill.pk,
        actor_id=actor.pk,
        distributor_id=waybill.distributor_id,
        extra_subjects=[ExtraSubject(ORDER, order.pk, "order") for order in orders],
        data=data,
        at=now,
        publish=False,
    )
