"""A lot is recalled: what is there is blocked, and whoever has got some of it is told."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from core.actors import Actor
from core.constraints import explained
from core.events import EventInput, record_events
from core.sentences import listed
from inventory.enums import InventoryEvent
from inventory.models import Lot
from inventory.services import lot_freezing
from orders.fulfilment.enums import DROP_SHIPMENT
from orders.fulfilment.selectors.lot_holders import Sent, outlets_of, shipped_by_holder
from outlets.models import Outlet


def recall_lot(*, lot_id: int, reason: str, actor: Actor, now: datetime, expected_version: int | None = None) -> Lot:
    """Recall a lot everywhere. Each distributor that has got some, or whose outlets have, gets one event for its people.

    The event is about its last shipment of the lot. Raises as `inventory.services.lot_freezing.recall_lot`.
    """
    with explained(), transaction.atomic():
        lot = lot_freezing.recall_lot(
            lot_id=lot_id, reason=reason, actor=actor, now=now, expected_version=expected_version
        )
        sent = shipped_by_holder(lot)
        shops = outlets_of(sent)
        record_events([_recall_event(lot, row, shops) for row in sent], actor_id=actor.pk, at=now)
    return lot


def _recall_event(lot: Lot, sent: Sent, shops: Mapping[int, Outlet]) -> EventInput:
    """To the distributor that has the goods, with the outlets that got them from the seller directly."""
    outlets = [f"{shops[outlet].code} {shops[outlet].name}" for outlet in sent.outlet_ids]
    named = f" ({listed(outlets)})" if outlets else ""
    return EventInput(
        kind=InventoryEvent.RECALL_TOLD,
        subject_type=DROP_SHIPMENT if sent.is_last_consigned else "shipment",
        subject_id=sent.last_shipment_id,
        distributor_id=sent.holder_id,
        data={
            "lot": lot.code,
            "lot_id": lot.pk,
            "product": lot.product.code,
            "pieces": sent.pieces,
            "reason": f"{lot.status_reason}{named}",
            "shipments": sent.shipments,
            "outlets": outlets,
        },
    )
