"""Who may do what with the catalogue and the stock."""

from accounts.enums import BRAND_ROLES, Role
from accounts.models import User


def can_move_stock(user: User) -> bool:
    """Receive goods and correct what was counted."""
    return user.role in {Role.ADMINISTRATOR, Role.WAREHOUSE}


def can_see_stock(user: User) -> bool:
    """Exact quantities; a distributor sees a traffic light."""
    return user.role in BRAND_ROLES


def can_change_catalogue(user: User) -> bool:
    return user.role in {Role.ADMINISTRATOR, Role.DIRECTOR}


def can_set_buying_rights(user: User) -> bool:
    return user.role in {Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER}
