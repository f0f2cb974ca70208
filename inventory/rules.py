"""Who may do what with the catalogue and the stock."""

from accounts.enums import BRAND_ROLES, Role
from accounts.rules import Person


def can_move_stock(user: Person) -> bool:
    """Receive goods and correct what was counted."""
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.WAREHOUSE}


def can_see_stock(user: Person) -> bool:
    """Exact quantities; a distributor sees a traffic light."""
    return user.is_active and user.role in BRAND_ROLES


def can_change_catalogue(user: Person) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR}


def can_set_buying_rights(user: Person) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER}
