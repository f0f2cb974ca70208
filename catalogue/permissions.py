from accounts.enums import Role
from accounts.rules import Person


def can_change_catalogue(user: Person) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR}


def can_set_buying_rights(user: Person) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER}
