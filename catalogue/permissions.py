from accounts.enums import Role
from core.actors import Actor


def can_change_catalogue(user: Actor) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR}


def can_set_buying_rights(user: Actor) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER}
