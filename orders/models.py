"""The models of the sub-packages, where Django looks for them."""

from orders.changes.models import (
    ApprovalCheck,
    ApprovalRule,
    ChangeRequest,
    ChangeRequestLine,
    HoldQuestion,
    PriceDecision,
)
from orders.fulfilment.claims.models import ClaimDecision, ClaimPhoto, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine, ShipmentLot, ShipmentSerial
from orders.fulfilment.waves.models import Pick, Wave, WaveLine
from orders.fulfilment.waybills.models import Parcel, ParcelLine, Waybill, WaybillShipment
from orders.ordering.models import (
    LineAdjustment,
    Order,
    OrderHold,
    OrderLine,
    OrderTemplate,
    OrderTemplateLine,
    OrderType,
)
from orders.returns.models import InspectedGoods, Return, ReturnedGoods, ReturnLine, ReturnPhoto, ReturnPolicy
from orders.tracking.models import DeliveryLink, PromiseChange, ProofOfDelivery, TrackingEvent

__all__ = [
    "ApprovalCheck",
    "ApprovalRule",
    "Carrier",
    "ChangeRequest",
    "ChangeRequestLine",
    "ClaimDecision",
    "ClaimPhoto",
    "DeliveryClaim",
    "DeliveryClaimLine",
    "DeliveryLink",
    "HoldQuestion",
    "InspectedGoods",
    "LineAdjustment",
    "Order",
    "OrderHold",
    "OrderLine",
    "OrderTemplate",
    "OrderTemplateLine",
    "OrderType",
    "Parcel",
    "ParcelLine",
    "Pick",
    "PriceDecision",
    "PromiseChange",
    "ProofOfDelivery",
    "Return",
    "ReturnLine",
    "ReturnPhoto",
    "ReturnPolicy",
    "ReturnedGoods",
    "Shipment",
    "ShipmentLine",
    "ShipmentLot",
    "ShipmentSerial",
    "TrackingEvent",
    "Wave",
    "WaveLine",
    "Waybill",
    "WaybillShipment",
]
