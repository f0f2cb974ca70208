"""Packing: the goods of a shipment into parcels, before they are delivered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from core.permissions import require
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import ShipmentLine
from orders.fulfilment.services.locking import lock_order_of_shipment
from orders.fulfilment.waybills.models import Parcel, ParcelLine, Waybill
from orders.fulfilment.waybills.selectors.weights import GRAM
from orders.fulfilment.waybills.services.freight import spread_freight
from orders.ordering.enums import OrderEvent
from orders.ordering.services.locking import record_order_event
from orders.permissions import can_handle

MOST_PARCELS: Final = 500
MOST_WEIGHT: Final = Decimal(100_000)
MOST_CENTIMETRES: Final = 10_000
_SIDES: Final = ("length", "width", "height")


@dataclass(frozen=True, kw_only=True)
class PackedParcel:
    """A parcel: its weight in kilograms with the packing, its sides in centimetres, pieces by shipment line id."""

    weight: Decimal
    length: int | None = None
    width: int | None = None
    height: int | None = None
    tracking_number: str = ""
    contents: Mapping[int, int] = field(default_factory=dict)


def pack_shipment(
    *,
    shipment_id: int,
    parcels: Sequence[PackedParcel],
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> list[Parcel]:
    """Replace the parcels of a shipment on its way; none unpacks it. What they hold may be left open.

    Of a line no more than was shipped is in its parcels. The freight of its waybill is spread anew. Records one event.
    `expected_version` is the order's. Raises NotVisible, NotAllowed, StaleVersion, Conflict (delivered), InvalidInput at
    `parcels.<index>.<field>`.
    """
    with explained(), transaction.atomic():
        order, shipment = lock_order_of_shipment(
            shipment_id=shipment_id, actor=actor, expected_version=expected_version
        )
        require(can_handle(actor, order))
        if shipment.status != ShipmentStatus.SHIPPED:
            raise Conflict(_("This shipment is delivered: its parcels stay as they are."), code="wrong_state")
        waybill = Waybill.objects.select_for_update(of=("self",)).filter(carried__shipment=shipment).first()
        _check(parcels, dict(ShipmentLine.objects.filter(shipment=shipment).values_list("pk", "quantity")))
        Parcel.objects.filter(shipment=shipment).delete()
        made: list[Parcel] = Parcel.objects.bulk_create(
            Parcel(
                shipment=shipment,
                position=position,
                weight=parcel.weight.quantize(GRAM),
                tracking_number=parcel.tracking_number.strip(),
                **{side: getattr(parcel, side) for side in _SIDES},
            )
            for position, parcel in enumerate(parcels, 1)
        )
        ParcelLine.objects.bulk_create(
            ParcelLine(parcel=row, shipment_line_id=line, pieces=pieces)
            for row, parcel in zip(made, parcels, strict=True)
            for line, pieces in sorted(parcel.contents.items())
        )
        if waybill is not None:
            spread_freight(waybill)
        record_order_event(
            order, OrderEvent.PACKED, actor=actor, now=now, before=order.status, shipment=shipment, publish=False,
            parcels=len(made), weight=str(sum((row.weight for row in made), Decimal(0))),
        )  # fmt: skip
    return made


def _check(parcels: Sequence[PackedParcel], shipped: Mapping[int, int]) -> None:
    if len(parcels) > MOST_PARCELS:
        message = _("At most %(most)d parcels in one shipment.") % {"most": MOST_PARCELS}
        raise InvalidInput(message, code="too_many", field="parcels")
    problems: list[Problem] = []
    packed: Counter[int] = Counter()
    for index, parcel in enumerate(parcels):
        problems += _problems_of(index, parcel)
        for line, pieces in parcel.contents.items():
            packed[line] += max(pieces, 0)
            problem = _problem_of_line(line, pieces, packed[line], shipped)
            if problem:
                problems.append(Problem(message=problem, code="more_than_shipped", field=f"parcels.{index}.contents"))
    if problems:
        raise InvalidInput(problems=problems)


def _problems_of(index: int, parcel: PackedParcel) -> list[Problem]:
    problems = []
    if not parcel.weight.is_finite() or not GRAM <= parcel.weight <= MOST_WEIGHT:
        message = _("Enter a weight between %(least)s and %(most)s kg.") % {"least": GRAM, "most": MOST_WEIGHT}
        problems.append(Problem(message=message, code="out_of_range", field=f"parcels.{index}.weight"))
    for side in _SIDES:
        length = getattr(parcel, side)
        if length is not None and not 1 <= length <= MOST_CENTIMETRES:
            message = _("Enter a length between 1 and %(most)d cm.") % {"most": MOST_CENTIMETRES}
            problems.append(Problem(message=message, code="out_of_range", field=f"parcels.{index}.{side}"))
    return problems


def _problem_of_line(line: int, pieces: int, packed: int, shipped: Mapping[int, int]) -> str:
    if line not in shipped:
        return _("This line is not in the shipment.")
    if pieces < 1:
        return _("Enter a quantity above zero.")
    if packed > shipped[line]:
        return _("The parcels hold %(packed)d pieces of a line of which %(shipped)d were shipped.") % {
            "packed": packed,
            "shipped": shipped[line],
        }
    return ""
