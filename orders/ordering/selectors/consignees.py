"""Who gets the goods of an order in the place of its buyer: a sub-distributor or an outlet (直发)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Distributor
from accounts.selectors.branches import sub_distributor_sql
from core.actors import Actor
from orders.ordering.models import Order, OrderLine
from outlets.enums import OutletStatus
from outlets.models import Outlet, OutletLink
from outlets.selectors.consignees import supplied_outlet_sql

GOODS_RECEIVER: Final = """CASE WHEN placed.consignee_outlet_id IS NULL
    THEN COALESCE(placed.consignee_distributor_id, placed.distributor_id) END"""
"""`Order.goods_receiver_id` of the order `placed`, in SQL."""

IS_DROP_SHIPMENT: Final = Q(consignee_distributor__isnull=False) | Q(consignee_outlet__isnull=False)
MOST_OFFERED: Final = 200
"""Of each kind: whoever has more writes the code."""

_NOT_SUPPLIED = f"""
SELECT placed.id
FROM orders_order AS placed
WHERE placed.id = ANY(%(orders)s) AND (
    placed.consignee_distributor_id IS NOT NULL
    AND {sub_distributor_sql("placed.consignee_distributor_id", "placed.distributor_id")} IS NULL
    OR placed.consignee_outlet_id IS NOT NULL
    AND {supplied_outlet_sql("placed.consignee_outlet_id", "placed.distributor_id", "%(on)s")} IS NULL
)
"""  # noqa: S608 - put together from constants, values are bound


def with_lost_consignee(orders: Sequence[Order], *, on: date) -> set[int]:
    """Those whose consignee does not get goods from their buyer on a day. One query, none without drop shipments."""
    ids = [order.pk for order in orders if order.is_drop_shipment]
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_NOT_SUPPLIED, {"orders": ids, "on": on})
        return {pk for (pk,) in cursor.fetchall()}


def goods_receivers(line_ids: Collection[int]) -> dict[int, int | None]:
    """The distributor whose stock the pieces of an order line became, by line; None of what an outlet got. One query."""
    if not line_ids:
        return {}
    rows = OrderLine.objects.filter(pk__in=line_ids).select_related("order")
    return {line.pk: line.order.goods_receiver_id for line in rows}


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Somebody to whom goods of a distributor can go directly."""

    code: str
    name: str
    kind: str
    distributor_id: int | None = None
    outlet_id: int | None = None

    @property
    def label(self) -> str:
        """As it is offered and written: the code first."""
        return f"{self.code} – {self.name}"


def offered_of(order: Order) -> Offered | None:
    """The consignee of an order, as it was chosen."""
    if order.consignee_outlet is not None:
        return _shop(order.consignee_outlet)
    return None if order.consignee_distributor is None else _below(order.consignee_distributor)


def consignees_of(distributor_id: int, *, actor: Actor, on: date, code: str = "") -> list[Offered]:
    """Sub-distributors and outlets to which goods of a distributor can go on a day; with `code` those. Two queries."""
    below = Distributor.objects.visible_to(actor).branch_of(distributor_id).ordering().exclude(pk=distributor_id)
    links = OutletLink.objects.on(on).filter(distributor=distributor_id).order_by().values("outlet")
    shops = Outlet.objects.visible_to(actor).filter(pk__in=links, status=OutletStatus.OPEN)
    if code:
        below, shops = below.filter(code__iexact=code), shops.filter(code__iexact=code)
    return [
        *map(_below, below.order_by("code")[:MOST_OFFERED]),
        *map(_shop, shops.order_by("code")[:MOST_OFFERED]),
    ]


def _below(one: Distributor) -> Offered:
    return Offered(code=one.code, name=one.display_name, kind=_("Sub-distributor"), distributor_id=one.pk)


def _shop(one: Outlet) -> Offered:
    return Offered(code=one.code, name=one.display_name, kind=_("Outlet"), outlet_id=one.pk)
