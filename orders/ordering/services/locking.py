"""The one way in which a use case takes hold of an order: visible, locked, and still the edition the caller saw."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from core.actors import Actor
from core.errors import NotVisible
from core.events import EventInput, ExtraSubject, record_events
from core.locks import lock_row
from core.state import check_version
from orders.ordering.enums import OrderEvent
from orders.ordering.models import Order


class NumberedDocument(Protocol):
    """A document that came from an order, such as a shipment."""

    pk: Any
    number: str


def lock_order(*, order_id: int, actor: Actor | None, expected_version: int | None) -> Order:
    """The order under FOR UPDATE. Before: inside a transaction, with nothing below orders locked yet.

    `actor` None is the program itself. Raises NotVisible, and StaleVersion where the order is another edition by now.
    """
    rows = Order.objects.all() if actor is None else Order.objects.visible_to(actor)
    order: Order = lock_row(rows, order_id)
    check_version(order, expected_version)
    return order


def lock_orders(*, order_ids: Collection[int], actor: Actor | None, related: Sequence[str] = ()) -> list[Order]:
    """Orders under FOR UPDATE, by their ids, so that two who lock several never wait for each other. One statement.

    `related` are joined, not locked. Raises NotVisible where one of them is not the actor's to see.
    """
    wanted = set(order_ids)
    rows = Order.objects.all() if actor is None else Order.objects.visible_to(actor)
    locked: list[Order] = list(
        rows.filter(pk__in=wanted).select_related(*related).order_by("pk").select_for_update(of=("self",))
    )
    if len(locked) < len(wanted):
        raise NotVisible
    return locked


def save_order(order: Order, *fields: str) -> None:
    """Write the changed fields of a locked order."""
    order.save(update_fields=fields)
    order.version += 1  # as the database has counted it


def record_order_event(
    order: Order,
    kind: OrderEvent,
    *,
    actor: Actor | None,
    now: datetime,
    before: str,
    publish: bool = True,
    shipment: NumberedDocument | None = None,
    **data: Any,
) -> None:
    """Write one event of an order. Before: inside the transaction of the change, the order as it is after it."""
    event = order_event(order, kind, before=before, publish=publish, shipment=shipment, **data)
    record_events([event], actor_id=actor.pk if actor else None, at=now)


def order_event(
    order: Order,
    kind: OrderEvent,
    *,
    before: str,
    publish: bool = True,
    shipment: NumberedDocument | None = None,
    **data: Any,
) -> EventInput:
    """An event of an order, for `record_events`; what `data` says goes before what the order says."""
    return EventInput(
        kind=kind.value,
        subject_type="order",
        subject_id=order.pk,
        distributor_id=order.distributor_id,
        extra_subjects=[ExtraSubject("shipment", shipment.pk, "shipment")] if shipment else (),
        data={
            "number": order.reference,
            "manager_id": order.manager_id,
            "before": before,
            "after": str(order.status),
            **({"shipment": shipment.number} if shipment else {}),
            **data,
        },
        publish=publish,
    )
