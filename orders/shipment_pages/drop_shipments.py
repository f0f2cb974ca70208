"""Drop shipments that wait to be received, as the first page of their receiver lists them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from messaging.enums import Work
from messaging.selectors.work_list import LONGEST, WorkGroup, WorkLine
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import DropShipment
from orders.permissions import can_receive


def drop_shipments_to_receive(actor: Actor) -> list[WorkGroup]:
    """For whoever receives: goods that a distributor above ordered for the own company. One query, or none."""
    if not can_receive(actor):
        return []
    rows = DropShipment.objects.visible_to(actor).exclude(status=ShipmentStatus.RECEIVED)
    found = list(rows.select_related("order__distributor").order_by("shipped_at", "pk"))
    lines = [
        WorkLine(
            work=Work.DROP_SHIPMENT,
            what=str(one),
            url=one.get_absolute_url(),
            who=one.order.distributor.display_name,
            who_url=reverse("orders:drop-shipments"),
            since=one.delivered_at or one.shipped_at,
            due=one.expected_on,
            amount=None,
            currency="",
            button=_("Confirm receipt"),
            button_url=reverse("orders:drop-shipment-receive", args=[one.number]),
        )
        for one in found[:LONGEST]
    ]
    return [
        WorkGroup(work=Work.DROP_SHIPMENT, number=len(found), lines=lines, all_url=reverse("orders:drop-shipments"))
    ]
