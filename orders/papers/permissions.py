"""Who may print what of an order that they see; whether with prices is `orders.permissions`' business."""

from core.actors import Actor
from orders.papers.enums import PaperKind
from orders.permissions import can_handle


def can_print(actor: Actor, order: object, kind: PaperKind) -> bool:
    """Orders and delivery notes are for both sides; what the warehouse works by is for whoever picks and ships."""
    return kind in {PaperKind.ORDER, PaperKind.DELIVERY_NOTE} or can_handle(actor, order)
