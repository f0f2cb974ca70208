"""The parcels of shipments, and how they are counted on labels."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.models import Parcel


@dataclass(frozen=True, kw_only=True)
class NumberedParcel:
    """A parcel, the how manieth it is of how many that are sent together, and what a scanner reads on it."""

    parcel: Parcel
    number: int
    count: int
    code: str


def parcels_of(shipment_ids: Collection[int]) -> dict[int, list[Parcel]]:
    """The parcels of each shipment in their order, what they hold included. Two queries at most."""
    rows = Parcel.objects.filter(shipment__in=shipment_ids).order_by("shipment", "position")
    parcels: dict[int, list[Parcel]] = defaultdict(list)
    for parcel in rows.prefetch_related("lines__shipment_line__order_line__product"):
        parcels[parcel.shipment_id].append(parcel)
    return dict(parcels)


def parcels_sent_together(shipment_ids: Collection[int]) -> dict[int, list[NumberedParcel]]:
    """The parcels of each of these shipments, counted through all of its waybill. Two queries."""
    waybill_of = dict(Shipment.objects.filter(pk__in=shipment_ids).values_list("pk", "carriage__waybill"))
    together = Parcel.objects.filter(shipment__carriage__waybill__in={pk for pk in waybill_of.values() if pk})
    rows = Parcel.objects.filter(shipment__in=[*waybill_of]) | together
    counted: dict[tuple[str, int], list[Parcel]] = defaultdict(list)
    for parcel in rows.select_related("shipment__carriage").order_by("shipment", "position"):
        carriage = getattr(parcel.shipment, "carriage", None)
        key = ("waybill", carriage.waybill_id) if carriage else ("shipment", parcel.shipment_id)
        counted[key].append(parcel)
    numbered: dict[int, list[NumberedParcel]] = defaultdict(list)
    for parcels in counted.values():
        for number, parcel in enumerate(parcels, 1):
            code = f"{parcel.shipment.number}-{parcel.position}"
            numbered[parcel.shipment_id].append(
                NumberedParcel(parcel=parcel, number=number, count=len(parcels), code=code)
            )
    return {pk: numbered[pk] for pk in shipment_ids if pk in numbered}
