"""The parts of one order that its page and its forms show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.actors import Actor
from core.models import Event
from inventory.selectors.availability import waiting_by_line
from orders.fulfilment.claims.models import DeliveryClaim
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine
from orders.fulfilment.waybills.models import Parcel, Waybill
from orders.fulfilment.waybills.selectors.parcels import parcels_of
from orders.ordering.enums import ORDER, OrderEvent
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.quoted import latest
from orders.tracking.models import DeliveryLink, ProofOfDelivery, TrackingEvent


@dataclass(frozen=True, kw_only=True)
class ShipmentDetail:
    """A shipment with its lines and tracking events, the newest first; `print_links` are set by its page."""

    shipment: Shipment
    lines: list[ShipmentLine]
    tracking: list[TrackingEvent]
    tracking_url: str
    link: DeliveryLink | None = None
    proof: ProofOfDelivery | None = None
    print_links: Sequence[Any] = ()
    parcels: Sequence[Parcel] = ()

    @property
    def weight(self) -> Decimal:
        """Of its parcels, in kilograms."""
        return sum((parcel.weight for parcel in self.parcels), Decimal(0))

    @property
    def waybill(self) -> Waybill | None:
        carriage = getattr(self.shipment, "carriage", None)
        return carriage.waybill if carriage else None

    @property
    def state(self) -> ShipmentStatus:
        return ShipmentStatus(self.shipment.status)

    @property
    def is_on_its_way(self) -> bool:
        return self.state == ShipmentStatus.SHIPPED

    @property
    def is_received(self) -> bool:
        return self.state == ShipmentStatus.RECEIVED

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def claim(self) -> DeliveryClaim | None:
        """What differed when it was received, if anything."""
        return getattr(self.shipment, "delivery_claim", None)

    @property
    def missing(self) -> int:
        """Pieces that did not come, of those received."""
        return sum(line.missing for line in self.lines)

    @property
    def damaged(self) -> int:
        return sum(line.damaged for line in self.lines)


def lines_of(*, order_id: int) -> list[OrderLine]:
    """The lines of an order with their products, and of each as `back_orders` what waits, as `to_ship` what is there.

    The caller has checked that the person may see the order. Three queries.
    """
    rows = OrderLine.objects.filter(order_id=order_id).select_related("product", "gift_of__product", "warehouse")
    lines = list(rows.order_by("position"))
    note_back_orders(lines)
    return lines


def note_back_orders(lines: Sequence[OrderLine]) -> None:
    """Set of lines of orders what waits of them, what of them is there, for when they are promised now, and when they came.

    Two queries.
    """
    promised = waiting_by_line(source_type=ORDER, source_ids={line.order_id for line in lines}, with_filled=True)
    arrived = _arrivals([line.pk for line in lines])
    for line in lines:
        parts = promised.get(line.pk, [])
        line.back_orders = [one for one in parts if one.pieces]
        line.to_ship = line.there_of(sum(one.pieces for one in parts))
        line.expected_on = latest([one.promised_on for one in parts] or [line.promised_on])
        line.has_moved = line.promised_on is not None and line.expected_on != line.promised_on
        pieces, line.arrived_on = arrived.get(line.pk, (0, None))
        if pieces < line.ordered - line.cancelled:
            line.arrived_on = None


def _arrivals(line_ids: Sequence[int]) -> dict[int, tuple[int, date]]:
    """How many pieces of lines have arrived, and when the last of them did."""
    found: dict[int, tuple[int, date]] = {}
    rows = ShipmentLine.objects.filter(order_line__in=line_ids).values_list(
        "order_line_id", "quantity", Coalesce("shipment__delivered_at", "shipment__received_at")
    )
    for line, pieces, at in rows:
        if at is not None:
            before, last = found.get(line, (0, date.min))
            found[line] = before + pieces, max(last, timezone.localdate(at))
    return found


def shipments_of(*, order_id: int) -> list[ShipmentDetail]:
    """The shipments of an order in the order they left, with a delivery link that works. Likewise.

    Six queries, and one each for lots and serial numbers where a product has them.
    """
    shipments = list(
        Shipment.objects.filter(order_id=order_id)
        .select_related("carrier", "delivery_claim", "carriage__waybill")
        .order_by("shipped_at", "id")
    )
    rows = ShipmentLine.objects.filter(shipment__in=shipments).select_related("order_line__product")
    held = list(rows.order_by("order_line__position"))
    for name, related in (("tracks_lots", "lots__lot"), ("tracks_serials", "serials")):
        prefetch_related_objects([line for line in held if getattr(line.order_line.product, name)], related)
    said = TrackingEvent.objects.filter(shipment__in=shipments).order_by("-at", "-id")
    lines, tracking = _by_shipment(held), _by_shipment(said)
    open_links = DeliveryLink.objects.filter(
        shipment__in=shipments, revoked_at__isnull=True, used_at__isnull=True, expires_at__gt=timezone.now()
    )
    links = {link.shipment_id: link for link in open_links}
    parcels = parcels_of([shipment.pk for shipment in shipments]) if shipments else {}
    proofs = {proof.shipment_id: proof for proof in ProofOfDelivery.objects.filter(shipment__in=shipments)}
    return [
        ShipmentDetail(
            link=links.get(shipment.pk),
            proof=proofs.get(shipment.pk),
            shipment=shipment,
            lines=lines.get(shipment.pk, []),
            tracking=tracking.get(shipment.pk, []),
            tracking_url=_tracking_url(shipment),
            parcels=parcels.get(shipment.pk, ()),
        )
        for shipment in shipments
    ]


def shipment_detail(shipment: Shipment) -> ShipmentDetail:
    """One shipment with its lines and what its carrier said. The caller has checked that it may be seen. Likewise."""
    return next(one for one in shipments_of(order_id=shipment.order_id) if one.shipment.pk == shipment.pk)


def state_of_page(order: Order) -> str:
    """What changes whenever something of an order's page does. Two queries along indexes."""
    event = Event.objects.filter(subject_type=ORDER, subject_id=order.pk).order_by("-id").values_list("pk", flat=True)
    tracking = TrackingEvent.objects.filter(shipment__order=order).aggregate(last=Max("pk"))["last"]
    return f"{order.version}.{event.first() or 0}.{tracking or 0}"


def picked_at(*, order_id: int) -> datetime | None:
    """When picking began, if somebody noted it."""
    noted = Event.objects.filter(subject_type="order", subject_id=order_id, kind=OrderEvent.PICKING)
    return noted.order_by("-id").values_list("at", flat=True).first()


def carriers_for(*, actor: Actor) -> Sequence[Carrier]:
    """Who may carry goods now."""
    return list(Carrier.objects.visible_to(actor).filter(is_active=True))


def _by_shipment(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.shipment_id, []).append(row)
    return found


def _tracking_url(shipment: Shipment) -> str:
    """The carrier's own page for this parcel, where it has one on the web."""
    pattern = shipment.carrier.tracking_url if shipment.carrier and shipment.tracking_number else ""
    url = pattern.replace("{number}", shipment.tracking_number)
    return url if url.startswith(("https://", "http://")) else ""


def lines_of_orders(order_ids: Sequence[int]) -> list[OrderLine]:
    """The lines of these orders for a file, order by order in the order of `order_ids`. One query."""
    place = {pk: number for number, pk in enumerate(order_ids)}
    rows = OrderLine.objects.filter(order_id__in=order_ids).select_related("order__distributor", "product")
    return sorted(rows, key=lambda line: (place[line.order_id], line.position))
