"""What parcels, waybills and freight add to the program: menu, invariants, events, subjects. Called when it starts."""

from django.utils.translation import gettext_lazy as _

from core.constraints import explain_constraint
from core.events import register_kinds
from core.invariants import register_invariants
from core.subjects import register_subject_type
from core.ui import navigation
from orders.fulfilment.enums import DROP_SHIPMENT
from orders.fulfilment.models import DropShipment
from orders.fulfilment.selectors.invariants import INVARIANTS as DROP_SHIPMENT_INVARIANTS
from orders.fulfilment.waybills.enums import WAYBILL, WaybillEvent
from orders.fulfilment.waybills.models import Waybill
from orders.fulfilment.waybills.permissions import can_make_waybill, can_report_freight
from orders.fulfilment.waybills.selectors.invariants import INVARIANTS
from orders.permissions import can_receive

WAYBILLS = navigation.NavItem(
    key="waybills",
    label=_("Waybills"),
    route="orders:waybills",
    group=navigation.NavGroup.ORDERS,
    order=32,
    allowed=lambda actor: actor.is_active and can_make_waybill(actor),
)
DROP_SHIPMENTS = navigation.NavItem(
    key="drop-shipments",
    label=_("Drop shipments to us"),
    route="orders:drop-shipments",
    group=navigation.NavGroup.ORDERS,
    order=31,
    allowed=lambda actor: actor.is_active and can_receive(actor),
)
FREIGHT = navigation.NavItem(
    key="freight",
    label=_("Freight"),
    route="orders:freight",
    group=navigation.NavGroup.ORDERS,
    order=36,
    allowed=lambda actor: actor.is_active and can_report_freight(actor),
)


def register_waybills() -> None:
    register_invariants(*INVARIANTS, *DROP_SHIPMENT_INVARIANTS)
    register_kinds(WaybillEvent)
    register_subject_type(WAYBILL, Waybill)
    register_subject_type(DROP_SHIPMENT, DropShipment, related=("order",))
    navigation.register(WAYBILLS, DROP_SHIPMENTS, FREIGHT)
    explain_constraint("parcels_within_shipment", _("The parcels hold more pieces of a line than were shipped."))
    explain_constraint("waybill_of_one_recipient", _("A waybill has one distributor, one seller and one carrier."))
