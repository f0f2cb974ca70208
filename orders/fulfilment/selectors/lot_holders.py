"""Who has got a lot, and where its pieces are: one look-up for the page, the API and the export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Sum

from accounts.models import Distributor
from core.actors import Actor
from inventory.enums import MoveKind, WarehouseKind
from inventory.models import Lot, LotMove, LotStock
from orders.ordering.selectors.consignees import GOODS_RECEIVER
from outlets.models import Outlet

_SHIPPED = f"""
SELECT COALESCE({GOODS_RECEIVER}, placed.distributor_id) AS holder_id, SUM(sent.pieces)::bigint AS pieces,
       MIN(shipment.shipped_at) AS first_at, MAX(shipment.shipped_at) AS last_at,
       ARRAY_AGG(DISTINCT shipment.number ORDER BY shipment.number) AS shipments, MAX(shipment.id) AS last_shipment_id,
       (ARRAY_AGG(placed.consignee_distributor_id IS NOT NULL ORDER BY shipment.id DESC))[1] AS is_last_consigned,
       COALESCE(ARRAY_AGG(DISTINCT placed.consignee_outlet_id) FILTER (WHERE placed.consignee_outlet_id IS NOT NULL), '{{}}')
           AS outlet_ids
FROM orders_shipmentlot AS sent
JOIN orders_shipmentline AS part ON part.id = sent.shipment_line_id
JOIN orders_shipment AS shipment ON shipment.id = part.shipment_id
JOIN orders_order AS placed ON placed.id = shipment.order_id
WHERE sent.lot_id = %(lot)s
GROUP BY 1
"""  # noqa: S608 - put together from constants, values are bound

CameBack = Callable[[Lot], Mapping[int, int]]
_returned: list[CameBack] = []


def register_came_back(read: CameBack) -> None:
    """Say how many pieces of a lot distributors gave back, by distributor. Called from AppConfig.ready of who knows it."""
    _returned.append(read)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A distributor that was sent pieces of a lot, or for which they went to `outlets`."""

    distributor: Distributor
    shipped: int
    came_back: int
    in_stock: int
    first_at: datetime
    last_at: datetime
    shipments: Sequence[str]
    last_shipment_id: int
    outlets: Sequence[Outlet] = ()

    @property
    def still_out(self) -> int:
        """Shipped to it, and not given back."""
        return max(self.shipped - self.came_back, 0)


@dataclass(frozen=True, kw_only=True)
class LotWhereabouts:
    """Where the pieces of a lot are. What the company has of it is by warehouse, with what is in transit."""

    stock: Sequence[LotStock]
    holders: Sequence[Holder]
    in_stock: int
    in_transit: int
    blocked: int
    received: int
    scrapped: int
    by_kind: Mapping[str, int] = field(default_factory=dict)

    @property
    def shipped(self) -> int:
        return sum(one.shipped for one in self.holders)

    @property
    def came_back(self) -> int:
        return sum(one.came_back for one in self.holders)

    @property
    def still_out(self) -> int:
        return sum(one.still_out for one in self.holders)


class Sent(NamedTuple):
    """What of a lot came to a distributor, its own or its consignee's goods; what outlets got counts with their buyer."""

    holder_id: int
    pieces: int
    first_at: datetime
    last_at: datetime
    shipments: Sequence[str]
    last_shipment_id: int
    is_last_consigned: bool
    outlet_ids: Sequence[int]


def shipped_by_holder(lot: Lot) -> list[Sent]:
    """What of a lot was shipped to whom, and by which shipments. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SHIPPED, {"lot": lot.pk})
        return [Sent(*row) for row in cursor.fetchall()]


def outlets_of(sent: Sequence[Sent]) -> dict[int, Outlet]:
    """The outlets that got some, by id. One query, none without."""
    ids = {outlet for row in sent for outlet in row.outlet_ids}
    return Outlet.objects.in_bulk(ids) if ids else {}


def whereabouts_of(lot: Lot, actor: Actor) -> LotWhereabouts:
    """Who has got a lot, of those that the actor sees, and what lies where. A fixed number of queries."""
    stock = list(
        LotStock.objects.filter(lot=lot, on_hand__gt=0)
        .select_related("warehouse__distributor")
        .order_by("warehouse__code")
    )
    ours = [row for row in stock if row.warehouse.distributor_id is None]
    theirs: dict[int, int] = {}
    for row in stock:
        if row.warehouse.distributor_id is not None:
            owner = row.warehouse.distributor_id
            theirs[owner] = theirs.get(owner, 0) + row.on_hand
    moves = LotMove.objects.filter(lot=lot, warehouse__distributor__isnull=True).order_by()
    by_kind = {kind or "": pieces for kind, pieces in moves.values_list("move__kind").annotate(Sum("quantity"))}
    return LotWhereabouts(
        stock=ours,
        holders=_holders(lot, actor, theirs),
        in_stock=sum(row.on_hand for row in ours if row.warehouse.kind != WarehouseKind.TRANSIT),
        in_transit=sum(row.on_hand for row in ours if row.warehouse.kind == WarehouseKind.TRANSIT),
        blocked=sum(row.blocked for row in ours),
        received=by_kind.get(MoveKind.RECEIPT, 0) + by_kind.get(MoveKind.OPENING, 0) + by_kind.get("", 0),
        scrapped=-by_kind.get(MoveKind.SCRAP, 0),
        by_kind=by_kind,
    )


def _holders(lot: Lot, actor: Actor, in_stock: Mapping[int, int]) -> list[Holder]:
    rows = shipped_by_holder(lot)
    seen = Distributor.objects.visible_to(actor).in_bulk([row.holder_id for row in rows])
    shops = outlets_of(rows)
    came_back: dict[int, int] = {}
    for read in _returned:
        for distributor, pieces in read(lot).items():
            came_back[distributor] = came_back.get(distributor, 0) + pieces
    found = [
        Holder(
            distributor=seen[row.holder_id],
            shipped=row.pieces,
            came_back=came_back.get(row.holder_id, 0),
            in_stock=in_stock.get(row.holder_id, 0),
            first_at=row.first_at,
            last_at=row.last_at,
            shipments=row.shipments,
            last_shipment_id=row.last_shipment_id,
            outlets=[shops[outlet] for outlet in row.outlet_ids],
        )
        for row in rows
        if row.holder_id in seen
    ]
    return sorted(found, key=lambda one: (-one.still_out, one.distributor.code))
