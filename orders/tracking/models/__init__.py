from orders.tracking.models.event import TrackingEvent
from orders.tracking.models.promise import PromiseChange
from orders.tracking.models.proof import DeliveryLink, ProofOfDelivery

__all__ = ["DeliveryLink", "PromiseChange", "ProofOfDelivery", "TrackingEvent"]
