"""Who may do what with prices. Whether they see them at all is `visible_to`'s business."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, Role
from core.actors import Actor
from core.permissions import declare

CHANGE_PRICES = declare("pricing.change_prices", _("Set prices"), roles=[Role.ADMINISTRATOR, Role.DIRECTOR])
SEE_PRICE_LISTS = declare("pricing.see_price_lists", _("See price lists"), roles=BRAND_ROLES)


def can_change_prices(actor: Actor) -> bool:
    return CHANGE_PRICES.granted_to(actor)


def can_see_price_lists(actor: Actor) -> bool:
    return SEE_PRICE_LISTS.granted_to(actor)
