from accounts.enums import BRAND_ROLES
from accounts.rules import is_lead
from core.actors import Actor


def can_change_prices(user: Actor) -> bool:
    return is_lead(user)


def can_see_price_lists(user: Actor) -> bool:
    return user.is_active and user.role in BRAND_ROLES
