"""Who may do what with products. Whether they see them at all is `visible_to`'s business."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.permissions import is_brand
from catalogue.enums import CodeKind
from core.actors import Actor
from core.permissions import declare

CHANGE = declare("catalogue.change", _("Create and change products"), roles=[Role.ADMINISTRATOR, Role.DIRECTOR])
SET_BUYING_RIGHTS = declare(
    "catalogue.set_buying_rights",
    _("Set buying rights"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
)
NAME_PRODUCTS = declare(
    "catalogue.name_products",
    _("Set distributors' own codes of products"),
    roles=[Role.MANAGER, Role.OWNER, Role.BUYER, Role.KEEPER],
)


def can_change_catalogue(actor: Actor) -> bool:
    return CHANGE.granted_to(actor)


def can_set_buying_rights(actor: Actor) -> bool:
    return SET_BUYING_RIGHTS.granted_to(actor)


def can_name_products(actor: Actor) -> bool:
    """Whoever keeps own codes of some distributor."""
    return can_change_catalogue(actor) or NAME_PRODUCTS.granted_to(actor)


def has_distributor_codes(actor: Actor) -> bool:
    """Who sees the list of own codes: the brand's people, and those who keep them."""
    return is_brand(actor) or can_name_products(actor)


def can_change_product_code(actor: Actor, *, kind: str, distributor_id: int | None) -> bool:
    """The brand's catalogue keepers any code; a distributor's people what it calls its products itself.

    So do the brand's managers for the distributors that they see: that is the service's to ask.
    """
    if can_change_catalogue(actor):
        return True
    own = kind == CodeKind.OWN and distributor_id is not None
    return own and NAME_PRODUCTS.granted_to(actor) and (is_brand(actor) or distributor_id == actor.distributor_id)
