"""Waybills ready to show, and what carriage costs by carrier and month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Count, F, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from core.money import round_money
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Carrier
from orders.fulfilment.waybills.models import Parcel, WaybillShipment

_COST = Coalesce("actual_amount_company", "agreed_amount_company")
_PROGRESS = tuple(ShipmentStatus)
_RANK = Choice(*(When(shipment__status=status, then=Value(rank)) for rank, status in enumerate(_PROGRESS)))


def give_totals(waybills: Sequence[Any]) -> list[Any]:
    """Give each waybill its `state`, that of its slowest shipment, and `orders`, `shipments`, `parcels`, `weight`.

    `weight` is None where that of one of its shipments is not known; `cost` is the actual freight, else the agreed one.
    Two queries.
    """
    ids = [one.pk for one in waybills]
    carried = WaybillShipment.objects.filter(waybill__in=ids).order_by().values("waybill")
    sums = carried.annotate(
        rank=Min(_RANK),
        orders=Count("shipment__order", distinct=True),
        shipments=Count("pk"),
        weighed=Count("weight"),
        total=Sum("weight"),
    )
    totals = {row["waybill"]: row for row in sums}
    packed = Parcel.objects.filter(shipment__carriage__waybill__in=ids).order_by()
    parcels = dict(packed.values_list("shipment__carriage__waybill").annotate(count=Count("pk")))
    for one in waybills:
        row = totals[one.pk]
        one.state = _PROGRESS[row["rank"]]
        one.orders, one.shipments, one.parcels = row["orders"], row["shipments"], parcels.get(one.pk, 0)
        one.weight = row["total"] if row["weighed"] == row["shipments"] else None
        one.cost = one.agreed_amount_company if one.actual_amount_company is None else one.actual_amount_company
        one.cost_per_kilogram = per(one.cost, one.weight, one.currency)
        one.cost_per_order = per(one.cost, one.orders, one.currency)
    return list(waybills)


def per(cost: Decimal | None, of: Decimal | int | None, currency: str) -> Decimal | None:
    """What one of them costs, in the currency's digits; None where that is not known."""
    return None if cost is None or not of else round_money(cost / of, currency=currency)


@dataclass(frozen=True, kw_only=True)
class FreightRow:
    """What a carrier cost in a month, in `currency`, a company's. Without a carrier it is one's own vehicle.

    `cost` is the actual freight, where that is not known the agreed one. Shipments of which no weight is known are not in
    the cost of a kilogram, those without any freight in none of them.
    """

    carrier: Carrier | None
    month: date
    currency: str
    waybills: int
    orders: int
    weight: Decimal
    agreed: Decimal
    actual: Decimal
    cost: Decimal
    cost_per_kilogram: Decimal | None
    cost_per_order: Decimal | None


def read_freight(waybills: QuerySet[Any]) -> list[FreightRow]:
    """By month, the latest first, and carrier. Two queries. The caller has narrowed `waybills` to what the person sees."""
    carried = WaybillShipment.objects.filter(waybill__in=waybills.order_by().values("pk")).order_by()
    known = Q(cost__isnull=False)
    rows = (
        carried.annotate(cost=_COST, month=TruncMonth("waybill__left_on"), currency=F("waybill__currency"))
        .values("month", "currency", "waybill__carrier")
        .annotate(
            waybills=Count("waybill", distinct=True),
            orders=Count("shipment__order", distinct=True),
            paid_orders=Count("shipment__order", distinct=True, filter=known),
            kilograms=Sum("weight"),
            paid_kilograms=Sum("weight", filter=known),
            agreed=Sum("agreed_amount_company"),
            actual=Sum("actual_amount_company"),
            total=Sum("cost"),
            weighed=Sum("cost", filter=Q(weight__gt=0)),
        )
        .order_by("-month", "waybill__carrier__code", "currency")
    )
    counted = list(rows)
    carriers = Carrier.objects.in_bulk({row["waybill__carrier"] for row in counted} - {None})
    return [
        FreightRow(
            carrier=carriers.get(row["waybill__carrier"]),
            month=row["month"],
            currency=row["currency"],
            waybills=row["waybills"],
            orders=row["orders"],
            weight=row["kilograms"] or Decimal(0),
            agreed=row["agreed"] or Decimal(0),
            actual=row["actual"] or Decimal(0),
            cost=row["total"] or Decimal(0),
            cost_per_kilogram=per(row["weighed"], row["paid_kilograms"], row["currency"]),
            cost_per_order=per(row["total"], row["paid_orders"], row["currency"]),
        )
        for row in counted
    ]
