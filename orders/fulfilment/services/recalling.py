"""A lot is recalled: what is there is blocked, and whoever has got some of it is told."""

from datetime import datetime

from django.db import transaction

from core.actors import Actor
from core.constraints import explained
from core.events import EventInput, record_events
from inventory.enums import InventoryEvent
from inventory.models import Lot
from inventory.services import lot_freezing
from orders.fulfilment.selectors.lot_holders import shipped_by_distributor


def recall_lot(*, lot_id: int, reason: str, actor: Actor, now: datetime, expected_version: int | None = None) -> Lot:
    """Recall a lot everywhere. Each distributor that was sent some of it gets one event, which tells its people.

    The event is about its last shipment of the lot. Raises as `inventory.services.lot_freezing.recall_lot`.
    """
    with explained(), transaction.atomic():
        lot = lot_freezing.recall_lot(
            lot_id=lot_id, reason=reason, actor=actor, now=now, expected_version=expected_version
        )
        record_events(
            [
                EventInput(
                    kind=InventoryEvent.RECALL_TOLD,
                    subject_type="shipment",
                    subject_id=shipment,
                    distributor_id=distributor,
                    data={
                        "lot": lot.code,
                        "lot_id": lot.pk,
                        "product": lot.product.code,
                        "pieces": pieces,
                        "reason": lot.status_reason,
                        "shipments": numbers,
                    },
                )
                for distributor, pieces, _first, _last, numbers, shipment in shipped_by_distributor(lot)
            ],
            actor_id=actor.pk,
            at=now,
        )
    return lot
