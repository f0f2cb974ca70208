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
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine
from orders.ordering.models import (
    LineAdjustment,
    Order,
    OrderHold,
    OrderLine,
    OrderTemplate,
    OrderTemplateLine,
    OrderType,
)
from orders.returns.models import ReturnedGoods
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
    "LineAdjustment",
    "Order",
    "OrderHold",
    "OrderLine",
    "OrderTemplate",
    "OrderTemplateLine",
    "OrderType",
    "PriceDecision",
    "PromiseChange",
    "ProofOfDelivery",
    "ReturnedGoods",
    "Shipment",
    "ShipmentLine",
    "TrackingEvent",
]
