"""The addresses behind the print button of a waybill."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.actors import Actor
from orders.pages.print_links import PrintLink
from orders.papers.enums import OF_SHIPMENTS, SIZES, PaperKind
from orders.papers.permissions import can_print


def links_of_waybill(waybill: Any, carried: Sequence[Any], actor: Actor) -> list[PrintLink]:
    url = reverse("orders:waybill-print", args=[waybill.number])
    return [
        PrintLink(
            label=str(kind.label),
            size=str(size.label) if len(SIZES[kind]) > 1 else "",
            url=f"{url}?{urlencode({'kind': kind.value, 'size': size.value})}",
        )
        for kind in PaperKind
        if kind in OF_SHIPMENTS and all(can_print(actor, one.shipment.order, kind) for one in carried)
        for size in SIZES[kind]
    ]


def links_of_drop_shipment(number: str) -> list[PrintLink]:
    """The delivery note alone, for whoever gets the goods."""
    url = reverse("orders:drop-shipment-print", args=[number])
    return [
        PrintLink(
            label=str(PaperKind.DELIVERY_NOTE.label),
            size=str(size.label),
            url=f"{url}?{urlencode({'size': size.value})}",
        )
        for size in SIZES[PaperKind.DELIVERY_NOTE]
    ]
