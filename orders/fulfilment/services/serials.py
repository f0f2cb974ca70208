"""Serial numbers of what is shipped: each piece of a product has one, and is out once until it comes back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.constraints import explained
from core.errors import Problem
from core.permissions import require
from core.sentences import listed
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import Shipment, ShipmentLine, ShipmentSerial
from orders.fulfilment.services.locking import lock_order_of_shipment
from orders.ordering.enums import OrderEvent
from orders.ordering.models import OrderLine
from orders.ordering.services.locking import record_order_event
from orders.permissions import can_handle

LONGEST_SERIAL = 64
Serials = Mapping[int, Sequence[str]]
"""Serial numbers by line of an order, as they were scanned."""

_SHOWN = 5
_KNOWN = """
SELECT given.line, given.serial,
       count(*) OVER (PARTITION BY given.product, core_normal_code(given.serial)) > 1 AS is_twice,
       EXISTS (
           SELECT FROM orders_shipmentserial AS sent
           WHERE sent.product_id = given.product AND sent.normal = core_normal_code(given.serial)
             AND sent.returned_at IS NULL
       ) AS is_out
FROM unnest(%(lines)s::bigint[], %(products)s::bigint[], %(serials)s::text[])
    WITH ORDINALITY AS given (line, product, serial, nth)
ORDER BY given.nth
"""


def serials_to_ship(lines: Sequence[OrderLine], pieces: Mapping[int, int], serials: Serials) -> dict[int, list[str]]:
    """The serial numbers of lines that leave, with `pieces` of each: as many different ones as pieces where a product has them.

    Raises ShipmentRefused at `serials.<line>`: how many are missing or too many, which are there twice, which are out
    already. Before: orders and lines are locked, and the lines have their products. One statement, none where nothing is
    shipped by serial number.
    """
    known = {line.pk: line for line in lines}
    given = {line: [text.strip() for text in some if text.strip()] for line, some in serials.items()}
    problems = [
        Problem(message=_("This line has no serial numbers."), code="unknown", field=f"serials.{pk}")
        for pk, some in given.items()
        if some and (pk not in known or not known[pk].product.tracks_serials)
    ]
    asked = [line for line in lines if line.product.tracks_serials and pieces.get(line.pk)]
    for line in asked:
        problems += _counted(line, pieces[line.pk], given.get(line.pk, []))
    if not problems and asked:
        problems = _repeated(asked, given)
    if problems:
        raise ShipmentRefused(problems=problems)
    return {line.pk: given[line.pk] for line in asked}


def _counted(line: OrderLine, pieces: int, some: Sequence[str]) -> list[Problem]:
    missing, field = pieces - len(some), f"serials.{line.pk}"
    if missing > 0:
        message = ngettext(
            "%(code)s: %(count)d serial number is missing.", "%(code)s: %(count)d serial numbers are missing.", missing
        )
        return [Problem(message=message % {"code": line.product.code, "count": missing}, code="missing", field=field)]
    if missing < 0:
        message = ngettext(
            "%(code)s: %(count)d serial number too many.", "%(code)s: %(count)d serial numbers too many.", -missing
        )
        return [Problem(message=message % {"code": line.product.code, "count": -missing}, code="too_many", field=field)]
    if any(len(text) > LONGEST_SERIAL for text in some):
        message = _("A serial number has at most %(most)d characters.") % {"most": LONGEST_SERIAL}
        return [Problem(message=message, code="too_long", field=field)]
    return []


def _repeated(lines: Sequence[OrderLine], given: Serials) -> list[Problem]:
    rows = [(line.pk, line.product_id, text) for line in lines for text in given[line.pk]]
    twice: dict[int, list[str]] = defaultdict(list)
    out: dict[int, list[str]] = defaultdict(list)
    columns: dict[str, Any] = dict(
        zip(("lines", "products", "serials"), map(list, zip(*rows, strict=True)), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, columns)
        for line, text, is_twice, is_out in cursor.fetchall():
            if is_twice:
                twice[line].append(text)
            elif is_out:
                out[line].append(text)
    there_twice = _("%(serials)s: a piece is there twice.")
    still_out = _("%(serials)s: shipped already, and has not come back.")
    return [
        Problem(message=text % {"serials": _named(some)}, code=code, field=f"serials.{line}")
        for text, code, found in ((there_twice, "twice", twice), (still_out, "shipped", out))
        for line, some in found.items()
    ]


def _named(some: Sequence[str]) -> str:
    return listed([*dict.fromkeys(some)][:_SHOWN])


def note_serials(shipment_lines: Sequence[ShipmentLine], taken: Serials, products: Mapping[int, int]) -> None:
    """Write which pieces left, by line of an order. One statement, none where nothing has serial numbers."""
    rows = [
        ShipmentSerial(shipment_line_id=row.pk, product_id=products[row.order_line_id], serial=text)
        for row in shipment_lines
        for text in taken.get(row.order_line_id, ())
    ]
    if rows:
        ShipmentSerial.objects.bulk_create(rows)


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
