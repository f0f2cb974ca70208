from accounts.enums import BRAND_ROLES
from accounts.rules import Person, is_lead


def can_change_prices(user: Person) -> bool:
    return is_lead(user)


def can_see_price_lists(user: Person) -> bool:
    return user.is_active and user.role in BRAND_ROLES
