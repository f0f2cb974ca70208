"""A return is locked after its distributor, whose room it takes; the lines of its orders after both."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from accounts.models import Distributor
from core.actors import Actor
from core.errors import NotVisible
from core.events import ExtraSubject, record_event
from core.locks import lock_row
from core.state import check_version
from orders.ordering.models import OrderLine
from orders.returns.enums import RETURN, ReturnEvent
from orders.returns.models import Return


def lock_distributor(distributor_id: int, actor: Actor) -> Distributor:
    """Two requests of one distributor follow each other. Before: inside a transaction with nothing locked yet."""
    rows = Distributor.objects.visible_to(actor).filter(pk=distributor_id)
    found: Distributor | None = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotVisible
    return found


def lock_return(*, return_id: int, actor: Actor, expected_version: int | None) -> Return:
    """The distributor, then the return. Raises NotVisible, StaleVersion. Before: inside a transaction with nothing locked yet."""
    rows = Return.objects.visible_to(actor)
    distributor_id = rows.filter(pk=return_id).values_list("distributor_id", flat=True).first()
    if distributor_id is None:
        raise NotVisible
    list(Distributor.objects.select_for_update(of=("self",), no_key=True).filter(pk=distributor_id).values_list("pk"))
    found: Return = lock_row(rows, return_id)
    check_version(found, expected_version)
    return found


def lock_order_lines(line_ids: Collection[int]) -> dict[int, OrderLine]:
    """In the order of their keys, as everybody locks them."""
    rows = OrderLine.objects.select_for_update(of=("self",), no_key=True).select_related("order__company", "product")
    return {line.pk: line for line in rows.filter(pk__in=line_ids).order_by("pk")}


def save_return(document: Return, *fields: str) -> None:
    document.save(update_fields=fields)
    document.version += 1  # as the database has counted it


def record_return_event(
    document: Return,
    kind: ReturnEvent,
    *,
    actor: Actor | None,
    now: datetime,
    before: str = "",
    order_ids: Sequence[int] = (),
    **data: Any,
) -> None:
    """Write one event of a return. Before: inside the transaction of the change, the return as it is after it."""
    record_event(
        kind=kind.value,
        subject_type=RETURN,
        subject_id=document.pk,
        actor_id=actor.pk if actor else None,
        distributor_id=document.distributor_id,
        extra_subjects=[ExtraSubject("order", order_id, "order") for order_id in order_ids],
        data={"number": document.number, "before": before, "after": str(document.status), **data},
        at=now,
    )
