"""The addresses behind the print buttons of a page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.actors import Actor
from core.ui.list_header import BulkAction
from orders.fulfilment.models import Shipment
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from orders.papers.enums import OF_SHIPMENTS, RETURN_NOTE_SIZES, SIZES, PaperKind, PaperSize
from orders.papers.permissions import can_print
from orders.permissions import can_handle

_TO_PICK = frozenset({OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.PARTLY_SHIPPED})


@dataclass(frozen=True, kw_only=True)
class PrintLink:
    """`size` is named where a paper comes in several."""

    label: str
    size: str
    url: str


def links_of_order(order: Order, actor: Actor) -> list[PrintLink]:
    """The order itself, and its pick list while there is something to pick. None of a draft."""
    if not order.number:
        return []
    kinds = [PaperKind.ORDER]
    if OrderStatus(order.status) in _TO_PICK and can_print(actor, order, PaperKind.PICK_LIST):
        kinds.insert(0, PaperKind.PICK_LIST)
    return _links(kinds, reverse("orders:print", args=[order.number]))


def links_of_shipment(shipment: Shipment, order: Order, actor: Actor) -> list[PrintLink]:
    kinds = [kind for kind in PaperKind if kind in OF_SHIPMENTS and can_print(actor, order, kind)]
    return _links(kinds, reverse("orders:print-shipment", args=[shipment.number]))


def links_of_return(number: str) -> list[PrintLink]:
    url = reverse("orders:return-print", args=[number])
    return [
        PrintLink(
            label=pgettext("paper", "Return label") if size == PaperSize.LABEL else pgettext("paper", "Return note"),
            size="" if size == PaperSize.LABEL else str(size.label),
            url=f"{url}?{urlencode({'size': size.value})}",
        )
        for size in RETURN_NOTE_SIZES
    ]


def bulk_prints(actor: Actor) -> list[BulkAction]:
    """What is printed of ticked orders: by the warehouse what it works by, by others the orders."""
    kinds = [(PaperKind.ORDER, PaperSize.A4)]
    if can_handle(actor):
        kinds = [
            (PaperKind.PICK_LIST, PaperSize.A4),
            (PaperKind.DELIVERY_NOTE, PaperSize.CONTINUOUS),
            (PaperKind.LABEL, PaperSize.LABEL),
            *kinds,
        ]
    url = reverse("orders:print-ticked")
    return [
        BulkAction(label=_printed(kind), url=f"{url}?{urlencode({'kind': kind, 'size': size})}") for kind, size in kinds
    ]


def _links(kinds: list[PaperKind], url: str) -> list[PrintLink]:
    return [
        PrintLink(
            label=str(kind.label),
            size=str(size.label) if len(SIZES[kind]) > 1 else "",
            url=f"{url}?{urlencode({'kind': kind.value, 'size': size.value})}",
        )
        for kind in kinds
        for size in SIZES[kind]
    ]


def _printed(kind: PaperKind) -> str:
    return _("Print: %(paper)s") % {"paper": kind.label}
