from orders.fulfilment.claims.models.claim import DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.models.decision import ClaimDecision
from orders.fulfilment.claims.models.photo import ClaimPhoto

__all__ = ["ClaimDecision", "ClaimPhoto", "DeliveryClaim", "DeliveryClaimLine"]
