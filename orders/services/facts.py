"""What happened to an order, said in one way: the event and its outbox message carry what consumers need."""

from datetime import datetime
from typing import Any

from accounts.models import User
from core.events import ExtraSubject, record_event
from orders.enums import OrderEvent
from orders.models import Order, Shipment


def record_fact(
    order: Order,
    kind: OrderEvent,
    *,
    actor: User | None,
    now: datetime,
    before: str,
    publish: bool = True,
    shipment: Shipment | None = None,
    **data: Any,
) -> None:
    """Write one event of an order. Before: inside the transaction of the change, the order as it is after it."""
    record_event(
        kind=kind.value,
        subject_type="order",
        subject_id=order.pk,
        actor_id=actor.pk if actor else None,
        distributor_id=order.distributor_id,
        extra_subjects=[ExtraSubject("shipment", shipment.pk, "shipment")] if shipment else (),
        data={
            "number": order.number,
            "manager_id": order.manager_id,
            "before": before,
            "after": str(order.status),
            **({"shipment": shipment.number} if shipment else {}),
            **data,
        },
        at=now,
        publish=publish,
    )
