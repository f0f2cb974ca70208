from accounts.enums import Role
from catalogue.enums import CodeKind
from core.actors import Actor


def can_change_catalogue(user: Actor) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR}


def can_set_buying_rights(user: Actor) -> bool:
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER}


def can_change_product_code(user: Actor, *, kind: str, distributor_id: int | None) -> bool:
    """The brand's catalogue keepers any code; owner and buyer of a distributor what it calls its products itself."""
    if can_change_catalogue(user):
        return True
    own = kind == CodeKind.OWN and distributor_id is not None and distributor_id == user.distributor_id
    return user.is_active and user.role in {Role.OWNER, Role.BUYER} and own
