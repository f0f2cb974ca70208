"""Who may do what with products. Whether they see them at all is `visible_to`'s business."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from catalogue.enums import CodeKind
from core.actors import Actor
from core.permissions import declare

CHANGE = declare("catalogue.change", _("Create and change products"), roles=[Role.ADMINISTRATOR, Role.DIRECTOR])
SET_BUYING_RIGHTS = declare(
    "catalogue.set_buying_rights",
    _("Set buying rights"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
)
NAME_PRODUCTS = declare("catalogue.name_products", _("Set one's own codes of products"), roles=[Role.OWNER, Role.BUYER])


def can_change_catalogue(actor: Actor) -> bool:
    return CHANGE.granted_to(actor)


def can_set_buying_rights(actor: Actor) -> bool:
    return SET_BUYING_RIGHTS.granted_to(actor)


def can_change_product_code(actor: Actor, *, kind: str, distributor_id: int | None) -> bool:
    """The brand's catalogue keepers any code; owner and buyer of a distributor what it calls its products itself."""
    if can_change_catalogue(actor):
        return True
    own = kind == CodeKind.OWN and distributor_id is not None and distributor_id == actor.distributor_id
    return own and NAME_PRODUCTS.granted_to(actor)
