"""What happened to an order, said in one way: the event and its outbox message carry what consumers need."""

from datetime import datetime
from typing import Any

from accounts.models import User
from core import events
from orders.enums import OrderEvent
from orders.models import Order


def record_fact(
    order: Order,
    kind: OrderEvent,
    *,
    actor: User | None,
    now: datetime,
    before: str,
    tell: bool = True,
    **data: Any,
) -> None:
    """Write one event of an order. Before: inside the transaction of the change, the order as it is after it."""
    events.record(
        kind=kind.value,
        subject_type="order",
        subject_id=order.pk,
        actor_id=actor.pk if actor else None,
        data={
            "number": order.number,
            "distributor_id": order.distributor_id,
            "manager_id": order.manager_id,
            "before": before,
            "after": str(order.status),
            **data,
        },
        at=now,
        tell=tell,
    )
