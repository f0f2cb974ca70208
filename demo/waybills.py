"""Goods on their way in the demo company: packed, several orders on one waybill, with what their carriage costs."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Distributor, User
from demo.company import Company
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.waybills.selectors.addresses import goes_with
from orders.fulfilment.waybills.selectors.weights import goods_weights
from orders.fulfilment.waybills.services.freight import record_freight
from orders.fulfilment.waybills.services.packing import PackedParcel, pack_shipment
from orders.fulfilment.waybills.services.waybills import make_waybill
from orders.models import Shipment, Waybill

_MOST: Final = 12
_MOST_TOGETHER: Final = 3
_HEAVIEST: Final = Decimal(24)
"""Kilograms of a parcel that one person carries."""
_SURE_WEIGHT: Final = Decimal(18)
_BASE, _PER_KILOGRAM = Decimal(15), Decimal("0.85")


def build_waybills(company: Company) -> None:
    """Up to twelve waybills, first of the distributor that can sign in; of every second one the carrier has sent its invoice."""
    keeper = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    first = Distributor.objects.get(pk=company.distributors[0])
    on_its_way = Shipment.objects.filter(status=ShipmentStatus.SHIPPED, order__seller_distributor=None)
    candidates = on_its_way.exclude(carrier=None).select_related("order").order_by("-shipped_at", "pk")
    own, others = candidates.filter(order__distributor=first), candidates.exclude(order__distributor=first)
    now, made = timezone.now(), 0
    for shipment in [*own[:_MOST], *others[:_MOST]]:
        together = goes_with(shipment, actor=keeper)[:_MOST_TOGETHER]
        if made < _MOST and shipment in together:
            _send(together, keeper, now, is_invoiced=made % 2 == 0)
            made += 1


def _send(shipments: list[Shipment], keeper: User, now: datetime, *, is_invoiced: bool) -> Waybill:
    weights = goods_weights([one.pk for one in shipments])
    for shipment in shipments:
        parcels = _parcels(weights.get(shipment.pk, _SURE_WEIGHT))
        pack_shipment(shipment_id=shipment.pk, parcels=parcels, actor=keeper, now=now)
    waybill = make_waybill(shipment_ids=[one.pk for one in shipments], actor=keeper, now=now)
    whole = sum((weights.get(one.pk, _SURE_WEIGHT) for one in shipments), Decimal(0))
    agreed = (_BASE + _PER_KILOGRAM * whole).quantize(Decimal("0.01"))
    actual = agreed + Decimal("3.50") if is_invoiced else None
    return record_freight(
        waybill_id=waybill.pk, actor=keeper, now=now, agreed=agreed, actual=actual, borne_by=waybill.borne_by
    )


def _parcels(weight: Decimal) -> list[PackedParcel]:
    """As many alike as it takes that none is too heavy to carry, within what one shipment is."""
    count = min(int(weight // _HEAVIEST) + 1, 20)
    each = max(weight / count, Decimal("0.5")).quantize(Decimal("0.1"))
    return [PackedParcel(weight=each, length=60, width=40, height=40)] * count
