"""Serial numbers of what was shipped: each piece of a product has one, and is out once until it comes back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Problem
from core.permissions import require
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import Shipment, ShipmentLine, ShipmentSerial
from orders.fulfilment.services.locking import lock_order_of_shipment
from orders.ordering.enums import OrderEvent
from orders.ordering.services.locking import record_order_event
from orders.permissions import can_handle

LONGEST_SERIAL = 64


def record_serials(
    *,
    shipment_id: int,
    serials: Mapping[int, Sequence[str]],
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> Shipment:
    """Note the serial numbers of lines of a shipment, by shipment line id, instead of those that were noted before.

    Records one event. `expected_version` is the order's. Raises NotVisible, NotAllowed, StaleVersion, ShipmentRefused at
    `serials.<line>` (a line of another shipment or without serial numbers, more than were shipped, one twice), and Conflict
    where one was shipped already and has not come back.
    """
    with explained(), transaction.atomic():
        order, shipment = lock_order_of_shipment(
            shipment_id=shipment_id, actor=actor, expected_version=expected_version
        )
        require(can_handle(actor, order))
        rows = ShipmentLine.objects.filter(shipment=shipment).select_related("order_line__product")
        lines = {row.pk: row for row in rows}
        written = {line: [text.strip() for text in given if text.strip()] for line, given in serials.items()}
        _check(written, lines)
        ShipmentSerial.objects.filter(shipment_line__in=list(written), returned_at__isnull=True).delete()
        ShipmentSerial.objects.bulk_create(
            ShipmentSerial(shipment_line_id=line, product_id=lines[line].order_line.product_id, serial=text)
            for line, given in written.items()
            for text in given
        )
        record_order_event(
            order, OrderEvent.SERIALS_RECORDED, actor=actor, now=now, before=order.status,
            shipment=shipment, units=sum(len(given) for given in written.values()),
        )  # fmt: skip
    return shipment


def _check(written: Mapping[int, Sequence[str]], lines: Mapping[int, ShipmentLine]) -> None:
    problems = []
    for line, given in written.items():
        row = lines.get(line)
        message, code = "", ""
        if row is None or not row.order_line.product.tracks_serials:
            message, code = _("This line has no serial numbers."), "unknown"
        elif len(given) > row.quantity:
            message, code = _("Only %(pieces)d pieces were shipped.") % {"pieces": row.quantity}, "too_many"
        elif any(len(text) > LONGEST_SERIAL for text in given):
            message, code = _("A serial number has at most %(most)d characters.") % {"most": LONGEST_SERIAL}, "too_long"
        if message:
            problems.append(Problem(message=message, code=code, field=f"serials.{line}"))
    if problems:
        raise ShipmentRefused(problems=problems)


def serials_came_back(*, product_id: int, serials: Collection[str], at: datetime) -> int:
    """Note that pieces with these serial numbers came back: they may be shipped again. Returns how many were out.

    Before: inside the transaction of the return.
    """
    rows = ShipmentSerial.objects.filter(product_id=product_id, returned_at__isnull=True)
    return int(rows.with_numbers(serials).update(returned_at=at))
