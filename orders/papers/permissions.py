"""Who may print what of an order that they see, and with prices or without."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from orders.papers.enums import PaperKind
from orders.permissions import can_handle

SEE_PRICES = declare(
    "orders.see_prices",
    _("See prices and amounts in work lists and on printed documents"),
    roles=[role for role in Role if role not in {Role.WAREHOUSE, Role.KEEPER}],
)


def can_see_prices(actor: Actor) -> bool:
    return SEE_PRICES.granted_to(actor)


def can_print(actor: Actor, order: object, kind: PaperKind) -> bool:
    """Orders and delivery notes are for both sides; what the warehouse works by is for whoever picks and ships."""
    return kind in {PaperKind.ORDER, PaperKind.DELIVERY_NOTE} or can_handle(actor, order)
